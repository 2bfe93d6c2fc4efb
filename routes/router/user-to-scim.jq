# From Graph's user to the SCIM user (RFC 7643) that every destination maps.
# The sign-in address comes first: mail is contact data and often empty for customers.
[(.identities[]? | select(.signInType == "emailAddress") | .issuerAssignedId), .mail, .otherMails[]?
  | select(. != null and . != "")] as $addresses
| (.givenName // "") as $given
| (.surname // "") as $family
| (if $given + $family == "" then "" else
     variable("displayName") | split("{givenName}") | join($given) | split("{familyName}") | join($family)
     | gsub("\\s+"; " ") | gsub("^[\\s,;]+|[\\s,;]+$"; "") end) as $fullName
| (.displayName // "") as $shown
| (if $shown == "" or $shown == "unknown" then $fullName else $shown end) as $displayName
| (if .deleted then "deleted" elif .accountEnabled == false then "disabled" else "active" end) as $state
| {
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:dev:usher:scim:schemas:extension:2.0:User"],
  id: .id,
  userName: (.userPrincipalName // .id),
  active: ($state == "active"),
  name: {givenName: .givenName, familyName: .surname},
  displayName: $displayName,
  emails: (if $addresses[0] then [{value: $addresses[0], primary: true}] else [] end),
  preferredLanguage: .preferredLanguage,
  meta: {resourceType: "User", created: .createdDateTime},
  "urn:dev:usher:scim:schemas:extension:2.0:User": {
    state: $state,
    marketingConsent: (.extensions.marketingConsent == true),
    customerType: .extensions.customerType,
    attributes: (.extensions // {} | del(.marketingConsent, .customerType, .stripeCustomerId)),
    directory: {
      userPrincipalName: .userPrincipalName,
      displayName: .displayName,
      name: {givenName: .givenName, familyName: .surname},
      email: $addresses[0],
      signInAddress: ([.identities[]? | select(.signInType == "emailAddress") | .issuerAssignedId][0]),
      mail: .mail,
      marketingConsent: (.extensions.marketingConsent == true),
      otherMails: (.otherMails // []),
      foreignIds: {entra: .id, stripe: .extensions.stripeCustomerId}
    }
  }
}
