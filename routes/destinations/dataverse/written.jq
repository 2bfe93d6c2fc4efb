# What the contact shows after this write, as the router weighs it against the directory; nothing when the contact that the
# router has seen is another one, or none.
(variable("settings") | fromjson | .columns) as $columns
| (variable("event") | fromjson | .data["urn:dev:usher:scim:schemas:extension:2.0:User"].contact) as $shown
| .contact as $written
| if $shown.id == null or $shown.id != variable("remoteId") then null else {
    contact: $shown.id,
    name: {
      givenName: (if $written | has($columns.givenName) then $written[$columns.givenName] else $shown.name.givenName end),
      familyName: (if $written | has($columns.surname) then $written[$columns.surname] else $shown.name.familyName end)
    },
    email: (if $written | has($columns.email) then $written[$columns.email] else $shown.email end),
    marketingConsent: (if $columns.consent != "" and ($written | has($columns.consent))
      then $written[$columns.consent] == ($columns.consentWhen == "true") else $shown.marketingConsent end)
  } end
