# The roles the contact is due and did not get from us before, divided by commas; the note holds those given.
(variable("note") // "" | split(",")) as $given
| [.roles[]? | select(. as $role | $given | index($role) | not)] | join(",")
