# What Graph's answers to a grant mean, where it is not the general rule: https://learn.microsoft.com/graph/errors
# "Already exists" is no failure and does not arrive here. A user just made may be missing on another replica.
.body.error as $e
| if .status == 404 or (.status == 400 and ($e.message // "" | contains("Not a valid reference update")))
    then {kind: "failing", reason: "the directory does not show the user yet"}
  elif .status == 429 then {kind: "throttled", reason: "HTTP 429"}
  elif .status >= 400 and .status < 500 and .status != 401 and .status != 408 and .status != 425
    then {kind: "refused", reason: ("HTTP \(.status) " + ($e.code // "")), words: $e.message}
  else null end
