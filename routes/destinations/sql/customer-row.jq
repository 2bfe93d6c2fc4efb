# The columns of the customers table that are written. A user who leaves is marked, archived (the row without personal data)
# or deleted, as configured; the directory says nothing more of a deleted user, so that only the state can be marked.
.data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| variable("leaving") as $leaving
| {object_id: .id, state: $usher.state}
  + (if $leaving == "delete" then {deleted: true}
     elif $leaving == "mark" and $usher.state == "deleted" then {}
     else (if $leaving == "archive" then {} else . end) | {
       email: .emails[0].value,
       given_name: .name.givenName,
       family_name: .name.familyName,
       display_name: .displayName,
       customer_type: (if $leaving == "archive" then null else $usher.customerType end),
       marketing_consent: ($leaving != "archive" and $usher.marketingConsent == true)
     } end)
