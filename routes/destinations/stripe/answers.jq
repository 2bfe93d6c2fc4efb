# What Stripe's answers mean, where it is not the general rule: https://docs.stripe.com/error-low-level
.body.error as $e
| if .headers["stripe-should-retry"] == "true" then {kind: "failing", reason: "Stripe asks to try again"}
  elif .status == 409 then {kind: "failing", reason: "the same call is still under way"}
  elif .status == 429 then {kind: "throttled", reason: ("HTTP 429 " + (.headers["stripe-rate-limited-reason"] // $e.code // ""))}
  elif .status == 404 and $e.code == "resource_missing" and .operation == "delete" then {kind: "done", reason: "Stripe holds no such customer"}
  elif .status == 404 and $e.code == "resource_missing" then {kind: "gone", reason: "Stripe holds no such customer"}
  elif .status >= 400 and .status < 500 and .status != 401 and .status != 408
    then {kind: "refused", reason: ("HTTP \(.status) " + ($e.code // $e.type // "") + (if $e.param then " (" + $e.param + ")" else "" end)), words: $e.message}
  else null end
