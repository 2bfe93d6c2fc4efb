# What Stripe's answer says of the key, for the doctor: https://docs.stripe.com/keys/restricted-api-keys
if .status == 200 then {good: true, what: "the key is accepted and reads customers"}
elif .status == 401 then
  {good: false, what: "Stripe does not accept the key",
   mend: "set usher.destinations.stripe.api-key (STRIPE_API_KEY) to a key of this account that was not rolled or revoked"}
elif .status == 403 then
  {good: false, what: "the key may not read customers",
   mend: "give the restricted key the permission \"Customers: write\" under Developers, API keys"}
else null end
