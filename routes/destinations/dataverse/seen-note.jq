# The note without the roles that are due and that the contact does not have any more, so that they are given again: see
# open-roles.jq.
(variable("roles") | split(",")) as $due
| (variable("held") | split(",")) as $held
| [(variable("note") // "" | split(","))[] | select(. != "")
    | select(startswith("?") or (ltrimstr("~") as $role | ($due | index($role)) == null or ($held | index($role)) != null))]
| join(",")
