# What the directory shows after this write, as the router weighs it against the contact; nothing for a user without one.
# The address that counts is chosen as in router/user-to-scim.jq.
(variable("event") | fromjson | .data["urn:dev:usher:scim:schemas:extension:2.0:User"]) as $usher
| ($usher.directory // {}) as $shown
| if $usher.contact.id == null then null else {
    name: {
      givenName: (if has("givenName") then .givenName else $shown.name.givenName end),
      familyName: (if has("surname") then .surname else $shown.name.familyName end)
    },
    email: (.signInAddress // $shown.signInAddress // (if has("mail") then .mail else $shown.mail end) // $shown.otherMails[0]),
    marketingConsent: $shown.marketingConsent
  } end
