# What Dataverse's answers mean, where it is not the general rule:
# https://learn.microsoft.com/power-apps/developer/data-platform/api-limits, .../webapi/perform-conditional-operations-using-web-api
(.body.error.code // "") as $code
| (.body.error.message // "") as $message
| if .status == 429 then {kind: "throttled", reason: ("HTTP 429 " + ({
      "0x80072322": "too many requests in five minutes",
      "0x80072321": "too much execution time in five minutes",
      "0x80072326": "too many requests at once"}[$code] // $code))}
  elif .status == 412 and $code == "0x80040333" then {kind: "refused", reason: "a duplicate detection rule of Dataverse refuses the contact", words: $message}
  elif .status == 412 and .variant < 3 then {kind: "again", reason: "the external identity was written meanwhile"}
  elif .status == 412 then {kind: "refused", reason: "HTTP 412 \($code)", words: $message}
  elif .status == 404 and ($message | test("entity '?contact'? with id"; "i")) and .operation != "create"
    then {kind: "gone", reason: "Dataverse holds no such contact"}
  elif .status == 404 and ($message | test("entity '?contact'? with id"; "i")) and .variant < 3
    then {kind: "again", reason: "the contact was deleted meanwhile"}
  elif .status >= 400 and .status < 500 and .status != 401 and .status != 408 then {kind: "refused", reason: "HTTP \(.status) \($code)", words: $message}
  else null end
