# A contact as Dataverse shows it, in the shape of contact.jq. Names, address and consent go both ways, so of them counts what
# the router saw when it weighed both sides: what somebody changed at the contact since then is on its way, and must not be
# overwritten. The roles are those that the note has, less those without an answer yet; what only a new contact gets is
# Dataverse's own.
(variable("settings") | fromjson | .columns) as $columns
| (variable("event") | fromjson | .data["urn:dev:usher:scim:schemas:extension:2.0:User"].contact) as $shown
| (if $shown.id == null or $shown.id != variable("remoteId") then {}
   else {($columns.givenName): $shown.name.givenName, ($columns.surname): $shown.name.familyName, ($columns.email): $shown.email}
     + (if $columns.consent != "" and $shown.marketingConsent != null
        then {($columns.consent): ($shown.marketingConsent == ($columns.consentWhen == "true"))} else {} end)
   end) as $weighed
| (variable("note") // "" | split(",") | map(select(. != "" and (startswith("?") | not)) | ltrimstr("~")) | sort) as $roles
| (. + $weighed) as $contact
| {contact: $contact, address: $contact[$columns.email], roles: ($roles | join(","))}
