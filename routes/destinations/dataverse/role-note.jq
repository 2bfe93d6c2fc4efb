# The note with another mark for this role: see open-roles.jq. Without a mark the role is forgotten.
variable("role") as $role
| {"given": "", "asked": "?", "foreign": "~"}[variable("mark")] as $mark
| [(variable("note") // "" | split(","))[] | select(. != "" and (ltrimstr("?") | ltrimstr("~")) != $role)]
  + (if $mark == null then [] else [$mark + $role] end)
| join(",")
