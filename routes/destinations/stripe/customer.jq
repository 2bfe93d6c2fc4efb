# What Stripe holds of a user: https://docs.stripe.com/api/customers/object
# A deleted user keeps the customer unless configured otherwise, because invoices hang on it; the metadata say so.
.data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| if variable("leaving") == "delete" then {deleted: true, metadata: {entra_object_id: .id}} else
  (if $usher.state == "deleted" then {} else {
    email: (.emails[0].value // ""),
    name: (([.name.givenName, .name.familyName | select(. != null and . != "")] | join(" ")) as $name
      | (if $name == "" then .displayName // "" else $name end)[0:256])
  } end)
+ {metadata: {entra_object_id: .id, directory_state: $usher.state}}
  end
