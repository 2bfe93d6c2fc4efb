# What Mailchimp holds of a user: https://mailchimp.com/developer/marketing/api/list-members/
# Who is archived stays so until they are active again and consent. Consent counts only while the account is active. Mailchimp never hears of somebody who did not consent.
.data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| if variable("leaving") == "archive" and variable("remoteId") then {member: {status: "archived"}}
  elif $usher.marketingConsent and $usher.state == "active" and .emails[0].value then {
    member: ({
      email_address: .emails[0].value,
      merge_fields: {FNAME: (.name.givenName // ""), LNAME: (.name.familyName // "")}
    } + (if .preferredLanguage then {language: .preferredLanguage[0:2]} else {} end)),
    tags: (["customer", $usher.customerType] | map(select(. != null)))
  }
  elif variable("remoteId") and variable("note") != "archived" then {member: {status: "unsubscribed"}}
  else {skip: "no marketing consent"} end
