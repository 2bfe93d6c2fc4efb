# What Graph's answers say of the app registration, for the doctor: https://learn.microsoft.com/graph/permissions-reference
((variable("claims") // "{}") | fromjson | .roles // []) as $roles
| (if $roles == [] then "" else " (the token has " + ($roles | join(", ")) + ")" end) as $has
| ((variable("attributes") // "") | split(",") | map(select(. != ""))) as $wanted
| "add it as an application permission to the app registration and grant admin consent" as $grant
| if .status == 401 then {good: false, what: ("Graph does not accept the token for: " + .probe),
      mend: "see usher.tokens.graph.authority and scope: the token must be one of the customers' tenant, for Graph"}
  elif .status == 403 and .probe == "audit log" then
    {good: false, what: ("the audit log cannot be read: the permission AuditLog.Read.All or Directory.Read.All is missing" + $has), mend: $grant}
  elif .status == 403 and .probe == "users" then
    {good: false, what: ("users cannot be read: the permission Directory.Read.All or User.ReadWrite.All is missing" + $has), mend: $grant}
  elif .status == 403 then {what: (.probe + " cannot be looked at without the permission Directory.Read.All")}
  elif .probe == "attributes" and $wanted == [] then []
  elif .status == 404 and .probe == "attributes" then
    {good: false, what: "there is no application with the id in usher.entra.extensions-app-id",
     mend: "set USHER_ENTRA_EXTENSIONS_APP_ID to the application (client) id of the tenant's b2c-extensions-app"}
  elif .status == 404 and .probe == "app registration" then {what: "the app registration does not show when its secret ends"}
  elif .status != 200 then null
  elif .probe == "attributes" then
    ($wanted - [.body.value[].name | split("_") | .[2:] | join("_")]) as $missing
    | (if $missing == [] then {good: true, what: ("the extension attributes are there: " + ($wanted | join(", ")))}
       else {good: false, what: ("the tenant has no extension attribute " + ($missing | join(", "))),
         mend: "add it under External Identities, Custom user attributes, or take it out of usher.entra.attributes (USHER_ENTRA_ATTRIBUTES)"} end)
  elif .probe == "app registration" then
    ([((.body.passwordCredentials // []) + (.body.keyCredentials // []))[] | .endDateTime[0:10]] | max) as $last
    | (if $last == null then {what: "the app registration does not show when its secret ends"}
       elif $last < variable("soon") then
         {good: false, what: ("the newest secret or certificate of the app registration ends on " + $last),
          mend: "add another to the app registration, set it, then remove the old one"}
       else {good: true, what: ("the newest secret or certificate of the app registration holds until " + $last)} end)
  else {good: true, what: (.probe + " can be read")} end
