# What Mailchimp's answers mean, where it is not the general rule:
# https://mailchimp.com/developer/marketing/docs/errors/
(.body.title // "") as $title
| if $title == "Member In Compliance State" or $title == "Forgotten Email Not Subscribed"
    then {kind: "skipped", reason: "Mailchimp: \($title)"}
  elif .status == 400 and (.body.detail // "" | contains("too many recent signup requests"))
    then {kind: "failing", reason: "Mailchimp: too many sign-ups of this address of late"}
  elif $title == "Member Exists" and .operation == "create" and .variant == 0
    then {kind: "again", reason: "somebody with this address is a member already"}
  elif $title == "Member Exists" then {kind: "refused", reason: "another member has the new address"}
  elif (.status == 403 or .status == 429) and .body == null then {kind: "throttled", reason: "HTTP \(.status) without a word"}
  elif .status == 429 then {kind: "throttled", reason: "HTTP 429"}
  elif .operation == "archive" and (.status == 404 or .status == 405)
    then {kind: "done", reason: "Mailchimp: gone, archived already, pending or bounced"}
  elif .status == 404 and .operation != "create" then {kind: "gone", reason: "Mailchimp holds no such member"}
  elif .status >= 400 and .status < 500 and .status != 401 and .status != 408
    then {kind: "refused", reason: ("HTTP \(.status) \($title)" + (if .body.errors then " (" + ([.body.errors[].field] | join(", ")) + ")" else "" end)),
      words: ([.body.detail, .body.errors[]?.message] | map(strings) | join(" "))}
  else null end
