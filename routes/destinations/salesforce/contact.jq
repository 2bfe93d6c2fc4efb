# What Salesforce holds of a user:
# https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contact.htm
# LastName must not be empty, so somebody without a surname is known by the display name, else by the address. Names are
# cut to the length of their field; an address that does not fit cannot be cut, and the contact has none. A deleted user
# keeps the contact as it is unless configured otherwise; the state field, where there is one, says so.
.data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"].state as $state
| (.name.familyName // "") as $surname
| (.emails[0].value // "") as $email
| (variable("stateField") // "") as $stateField
| if variable("leaving") == "delete" then {deleted: true} else
  (if $state == "deleted" then {} else {
    LastName: ([$surname, .displayName, ($email | split("@")[0]), .id] | map(select(. != null and . != "")) | first | .[0:80]),
    FirstName: (if $surname == "" or .name.givenName == null or .name.givenName == "" then null else .name.givenName[0:40] end),
    Email: (if $email == "" or ($email | length) > 80 then null else $email end)
  } end)
+ (if $stateField == "" then {} else {($stateField): $state} end)
  end
