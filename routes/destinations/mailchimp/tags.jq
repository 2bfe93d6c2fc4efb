# The request that sets the tags, as text; empty when they are as they should be. A create carries its tags itself.
((variable("note") // "") | if . == "" or . == "unsubscribed" or . == "archived" or . == "asked" then [] else split(",") end) as $before
| (.tags // []) as $wanted
| if .member.status or $before == $wanted or (variable("operation") == "create" and variable("variant") == "0") then ""
  else {tags: ([$wanted[] | {name: ., status: "active"}] + [($before - $wanted)[] | {name: ., status: "inactive"}])} | tojson
  end
