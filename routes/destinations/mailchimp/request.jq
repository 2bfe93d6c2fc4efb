# The request for the member. A status is sent only to somebody new, and to somebody whom we unsubscribed and who
# consents again: with double opt-in Mailchimp asks them by mail. Who comes back from the archive is always asked: what they
# were before is not known there any more.
(variable("operation") == "create") as $create
| (variable("note") == "unsubscribed" and (.member.status | not)) as $again
| (variable("note") == "archived") as $back
| .tags as $tags
| .member
+ (if $create and variable("variant") == "0" then {status: variable("newStatus"), tags: $tags}
   elif $create then {status_if_new: variable("newStatus")}
   elif $again then {status: variable("newStatus")}
   elif $back then {status: "pending"}
   else {} end)
