# The roles to give or to take away, divided by commas: those due that we did not give yet, and those we gave that are due no
# more. The note holds a mark before each role: none for one that we gave, "?" for one that we asked for without an answer
# yet, "~" for one that the contact has from somebody else.
(.roles // "" | split(",") | map(select(. != ""))) as $due
| (variable("note") // "" | split(",") | map(select(. != ""))) as $note
| ($note | map(ltrimstr("?") | ltrimstr("~"))) as $known
| ([$due[] | select(. as $role | ($note | index($role)) == null and ($note | index("~" + $role)) == null)]
    + [$known[] | select(. as $role | ($due | index($role)) == null)])
| join(",")
