# What to do about this role. "see": whether the contact has it already must be known before we ask for it, so that what
# somebody else gave is never taken for ours; a contact that we have just made has none.
variable("role") as $role
| (variable("note") // "" | split(",")) as $note
| (.roles // "" | split(",") | index($role)) as $due
| (variable("decision") // "{}" | fromjson | .how) as $how
| if $due == null then (if ($note | index("~" + $role)) != null then "forget" else "take" end)
  elif ($note | index("?" + $role)) != null then "repeat"
  elif $how == "create" then "give"
  else "see" end
