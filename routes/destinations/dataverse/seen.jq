# A contact as Dataverse shows it, in the shape of contact.jq. Names, address and consent go both ways, so of them counts what
# the router saw when it weighed both sides: what somebody changed at the contact since then is on its way, and must not be
# overwritten. Of the roles that are due count those that are there, less those without an answer yet; of the others those
# that the note has, which are to go. What only a new contact gets is Dataverse's own.
(variable("settings") | fromjson | .columns) as $columns
| (variable("event") | fromjson | .data["urn:dev:usher:scim:schemas:extension:2.0:User"].contact) as $shown
| (if $shown.id == null or $shown.id != variable("remoteId") then {}
   else {($columns.givenName): $shown.name.givenName, ($columns.surname): $shown.name.familyName, ($columns.email): $shown.email}
     + (if $columns.consent != "" and $shown.marketingConsent != null
        then {($columns.consent): ($shown.marketingConsent == ($columns.consentWhen == "true"))} else {} end)
   end) as $weighed
| (variable("roles") | split(",") | map(select(. != ""))) as $due
| (variable("held") | split(",")) as $held
| (variable("note") // "" | split(",") | map(select(. != ""))) as $note
| ([$due[] | select(. as $role | ($held | index($role)) != null and ($note | index("?" + $role)) == null)]
  + [$note[] | ltrimstr("?") | ltrimstr("~") | select(. as $role | ($due | index($role)) == null)]) as $roles
| (variable("identities") | fromjson) as $identities
| (.[0] + $weighed) as $contact
| {
  contact: $contact,
  address: $contact[$columns.email],
  roles: ($roles | unique | join(",")),
  active: ($contact.statecode == 0),
  identity: (if ($identities | length) == 0 then "none"
    elif ($identities | length) > 1 then "several"
    elif $identities[0].statecode != 0 then "inactive"
    elif ($identities[0]._adx_contactid_value // "" | ascii_downcase) != (variable("remoteId") | ascii_downcase) then "of another contact"
    else "active" end)
}
