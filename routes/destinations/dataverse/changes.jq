# The columns to write to a contact that we know: without those that it shows already, where a deep reconciliation has just
# looked at it, or else where the router has seen it.
(variable("settings") | fromjson) as $set
| (variable("lookedAt") // "null" | fromjson | .contact) as $looked
| (variable("event") | fromjson | .data["urn:dev:usher:scim:schemas:extension:2.0:User"].contact) as $shown
| (if $looked then $looked
   elif $shown.id == variable("remoteId") and $shown.id
   then {($set.columns.givenName): $shown.name.givenName, ($set.columns.surname): $shown.name.familyName,
       ($set.columns.userName): .contact[$set.columns.userName], adx_identity_logonenabled: $shown.logonEnabled}
     + (if $shown.email then {($set.columns.email): $shown.email} else {} end)
     + (if $shown.email and .contact[$set.columns.email] == $shown.email
        then {adx_identity_emailaddress1confirmed: true} else {} end)
   else null end) as $seen
| .contact
| if $seen then with_entries(select(.key as $key | .value as $value | ($seen | has($key)) and $seen[$key] == $value | not)) else . end
