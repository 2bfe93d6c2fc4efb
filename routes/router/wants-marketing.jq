.["urn:dev:usher:scim:schemas:extension:2.0:User"].marketingConsent == true
  or (variable("known") | contains(" mailchimp "))
