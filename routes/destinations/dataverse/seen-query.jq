# What a deep reconciliation asks of a contact: the columns that contact.jq and decide.jq may want, and no others.
(variable("settings") | fromjson | .columns) as $columns
| "$select=" + ([$columns.userName, $columns.givenName, $columns.surname, $columns.email, $columns.consent,
    "statecode", "adx_identity_securitystamp", "adx_identity_logonenabled", "adx_identity_emailaddress1confirmed"] | map(select(. != "")) | join(","))
