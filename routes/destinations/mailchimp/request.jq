# The request for the member. A status is sent only to somebody new, and to somebody whom we unsubscribed and who
# consents again: with double opt-in Mailchimp asks them by mail.
(variable("operation") == "create") as $create
| (variable("note") == "unsubscribed" and (.member.status | not)) as $again
| .tags as $tags
| .member
+ (if $create and variable("variant") == "0" then {status: variable("newStatus"), tags: $tags}
   elif $create then {status_if_new: variable("newStatus")}
   elif $again then {status: variable("newStatus")}
   else {} end)
