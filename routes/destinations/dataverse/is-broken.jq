# Whether a deep reconciliation found that the user cannot sign in: without an active external identity, or with an inactive
# contact where that is Usher's to change.
(variable("lookedAt") // "null" | fromjson) as $seen
| $seen != null and ((.identity != null and .identity != $seen.identity) or (.active == true and $seen.active != true))
