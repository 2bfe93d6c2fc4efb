# From the SCIM user as the directory shows it, and the variable "contact", to the one user that every system is brought to.
# In the groups of attributes in .wins the contact says the value, also where it is empty. Somebody without any name keeps
# the name shown, because the directory takes no empty one. The consent in .keptConsent is what was routed, and neither side's.
(variable("contact") | fromjson) as $contact
| ($contact.wins // []) as $wins
| ([$contact.name.givenName, $contact.name.familyName | select(. != null)] | join(" ")) as $fullName
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| . + (if $wins | index("names")
    then {name: $contact.name, displayName: (if $fullName == "" then .displayName else $fullName end)} else {} end)
  + (if $wins | index("email")
    then {emails: (if $contact.email then [{value: $contact.email, primary: true}] else [] end)} else {} end)
  + {"urn:dev:usher:scim:schemas:extension:2.0:User": ($usher + {contact: $contact}
    + (if $contact.keptConsent != null then {marketingConsent: $contact.keptConsent}
       elif $wins | index("consent") then {marketingConsent: $contact.marketingConsent} else {} end))}
