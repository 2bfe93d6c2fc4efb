# What Salesforce's answers mean, where it is not the general rule:
# https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
# The member duplicateResult is misspelt in some versions. A call of the day comes free as an older one falls out of the
# last 24 hours, so that it is worth asking again after a quarter of an hour (900 s). A write makes a contact that is not
# there, so that 404 says of it that the address is wrong; only who looks or deletes hears that a contact is gone.
(if (.body | type) == "array" and (.body[0] | type) == "object" then .body[0] else {} end) as $e
| ($e.errorCode // "") as $code
| if .status == 300
    then {kind: "refused", reason: ("several contacts have this external id: " + ([.body[]? | tostring | split("/") | last] | join(", ")))}
  elif $code == "DUPLICATES_DETECTED"
    then {kind: "refused", reason: ("Salesforce's duplicate rule found " + ([($e.duplicateResult // $e.duplicateResut // {}).matchResults[]?.matchRecords[]?.record.Id] | join(", ")))}
  elif $code == "UNABLE_TO_LOCK_ROW" then {kind: "failing", reason: "somebody else holds the lock of the contact"}
  elif $code == "REQUEST_LIMIT_EXCEEDED" and ($e.message // "" | startswith("TotalRequests"))
    then {kind: "throttled", reason: "Salesforce's calls of the day are used up", after: 900}
  elif $code == "REQUEST_LIMIT_EXCEEDED" then {kind: "throttled", reason: "too many calls at once"}
  elif .status == 404 and $code == "NOT_FOUND" and (.operation == "read" or .operation == "confirm") then {kind: "gone", reason: "Salesforce holds no such contact"}
  elif .status == 404 and $code == "NOT_FOUND" and .operation == "delete" then {kind: "done", reason: "Salesforce holds no such contact"}
  elif $code == "REQUIRED_FIELD_MISSING" and .operation == "update" and $e.fields == ["LastName"]
    then {kind: "skipped", reason: "the user is deleted, and so is the contact"}
  elif .status >= 400 and .status < 500 and .status != 401 and .status != 408 and .status != 429
    then {kind: "refused", reason: ("HTTP \(.status) \($code)" + (if $e.fields then " (" + ($e.fields | join(", ")) + ")" else "" end)), words: $e.message}
  else null end
