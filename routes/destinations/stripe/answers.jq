# What Stripe's answers mean, where it is not the general rule: https://docs.stripe.com/error-low-level
# A failure is kept under the idempotency key and given again for a day: only another key, or a look, leads on. A limit that
# concerns one customer is no reason to leave Stripe alone. Stripe leaves it to its caller whether a 429 is repeated.
.body.error as $e
| .headers["stripe-should-retry"] as $retry
| if .status >= 500 and .headers["idempotent-replayed"] == "true" then {kind: "unknown", reason: "HTTP \(.status), kept under the idempotency key"}
  elif $retry == "true" then {kind: "failing", reason: "Stripe asks to try again"}
  elif .status == 429 and ($e.code == "lock_timeout" or .headers["stripe-rate-limited-reason"] == "resource-specific")
    then {kind: "failing", reason: "somebody else writes to the same customer"}
  elif .status == 429 then {kind: "throttled", reason: ("HTTP 429 " + (.headers["stripe-rate-limited-reason"] // $e.code // ""))}
  elif $retry == "false" and (.status >= 500 or .status == 409) then {kind: "refused", reason: "HTTP \(.status), and Stripe asks not to try again"}
  elif .status == 409 then {kind: "failing", reason: "the same call is still under way"}
  elif .status == 404 and $e.code == "resource_missing" and .operation == "delete" then {kind: "done", reason: "Stripe holds no such customer"}
  elif .status == 404 and $e.code == "resource_missing" then {kind: "gone", reason: "Stripe holds no such customer"}
  elif .status >= 400 and .status < 500 and .status != 401 and .status != 408
    then {kind: "refused", reason: ("HTTP \(.status) " + ($e.code // $e.type // "") + (if $e.param then " (" + $e.param + ")" else "" end)), words: $e.message}
  else null end
