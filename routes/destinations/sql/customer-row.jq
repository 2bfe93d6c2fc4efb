# The columns of the customers table. A deleted user keeps the row, without personal data.
.data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| {
    object_id: .id,
    email: .emails[0].value,
    given_name: .name.givenName,
    family_name: .name.familyName,
    display_name: .displayName,
    customer_type: $usher.customerType,
    marketing_consent: $usher.marketingConsent,
    state: $usher.state
  }
