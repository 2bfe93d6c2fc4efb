# What Dataverse holds of a user of the portal: https://learn.microsoft.com/power-pages/security/authentication
# contact: written always, less what the contact itself says ($theirs). new: what only a contact that we make gets, because
# Dataverse is the authority for it. identity and active: what else a sign-in needs, which only a deep reconciliation finds
# missing.
# The address is the first claim that the user has: email is what they sign in with, emails the other addresses, upn the
# user principal name.
(variable("settings") | fromjson) as $set
| variable("roles") as $roles
| (variable("remoteId") != null) as $known
| .data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| (if $usher.contact.id then $usher.contact.wins
   else [$set.authority | to_entries[] | select(.value == "dataverse") | .key] end) as $theirs
| {email: .emails[0].value, emails: $usher.directory.otherMails[0], upn: .userName} as $claims
| ([$set.claims | splits(", *") | $claims[.] | select(. != null and . != "")] | first) as $address
| {($set.columns.givenName): (.name.givenName // "" | .[0:50] | if . == "" then null else . end),
   ($set.columns.surname): (.name.familyName // "" | .[0:50] | if . == "" then null else . end)} as $names
| (if $address then {($set.columns.email): $address, adx_identity_emailaddress1confirmed: true} else {} end) as $email
| (if $set.columns.consent != "" and ($set.columns.consentWhen == "true" or $set.columns.consentWhen == "false")
   then {($set.columns.consent): ($usher.marketingConsent == ($set.columns.consentWhen == "true"))} else {} end) as $consent
| if $usher.state == "deleted" and ($known | not) then {skip: "deleted before it arrived here"}
  elif $usher.state == "deleted" then {contact: {adx_identity_logonenabled: false}, roles: $roles}
  else {
    contact: ((if ($theirs | index("names")) then {} else $names end)
      + (if ($theirs | index("email")) then {} else $email end)
      + (if ($theirs | index("consent")) then {} else $consent end)
      + {($set.columns.userName): .id, adx_identity_logonenabled: ($usher.state == "active")}),
    roles: $roles,
    identity: "active"
  }
  + (if $set.reactivate == "true" and $usher.state == "active" then {active: true} else {} end)
  + (if $known and ($theirs | index("email")) then {} else {address: $address} end)
  + (if $known then {} else
      ((if ($theirs | index("names")) then $names else {} end)
       + (if ($theirs | index("email")) then $email else {} end)
       + (if ($theirs | index("consent")) then $consent else {} end)) as $new
      | if ($new | length) == 0 then {} else {new: $new} end
    end)
  end
