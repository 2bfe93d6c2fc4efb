# Whether what a sign-in needs is there, for the doctor: https://learn.microsoft.com/power-pages/security/authentication/set-authentication-identity
if .status == 401 then []
elif .status == 403 then {good: false, what: ("Usher's application user may not read " + .probe),
  mend: "give it a role that reads and writes contacts and external identities"}
elif .status == 404 or .status == 400 then
  {good: false, what: ("the tables of Power Pages are not there: " + .probe), mend: "install a Power Pages site in this environment, or set usher.destinations.dataverse.enabled to false"}
elif .status != 200 then null
elif .probe == "identities" then {good: true, what: "external identities can be read"}
else {good: true, what: "the contact has the columns of a sign-in"} end
