# A contact as Dataverse shows it, in the shape of contact.jq. The roles are those that we gave, as the note has them; what
# only a new contact gets is Dataverse's own.
(variable("settings") | fromjson | .columns) as $columns
| {contact: ., address: .[$columns.email], roles: (variable("note") // "" | split(",") | map(select(. != "")))}
