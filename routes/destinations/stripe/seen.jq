# A customer as Stripe shows it, in the shape of customer.jq; null when it was deleted: https://docs.stripe.com/api/customers/object
if .deleted then null
else {email: (.email // ""), name: (.name // ""), metadata: .metadata} end
