# What Graph's answers to a PATCH mean, where it is not the general rule: https://learn.microsoft.com/graph/errors
# A conflict is answered 400, not 409. A user just read may be missing on another replica.
.body.error as $e
| ([$e.details[]? | select(.code == "ObjectConflict") | .target] | first) as $taken
| if .status == 400 and ($taken == "userPrincipalName" or ($e.message // "" | contains("userPrincipalName already exists")))
    then {kind: "again", reason: "the user principal name is taken"}
  elif .status == 400 and $taken then {kind: "refused", reason: "another user has the same \($taken)", words: $e.message}
  elif .status == 404 then {kind: "failing", reason: "the directory does not show the user"}
  elif .status == 429 then {kind: "throttled", reason: "HTTP 429"}
  elif .status >= 400 and .status < 500 and .status != 401 and .status != 408
    then {kind: "refused", reason: ("HTTP \(.status) " + ($e.code // "")), words: $e.message}
  else null end
