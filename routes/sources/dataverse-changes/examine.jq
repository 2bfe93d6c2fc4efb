# What Dataverse's answers say, for the doctor: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors
(if (.body | type) == "object" then .body.error.message // "" else "" end) as $said
| if .status == 401 then
    (if .probe == "contacts" then {good: false, what: "Dataverse does not accept the token",
      mend: "usher.tokens.dataverse must be an app registration of the workforce tenant that owns Dataverse, and scope <url>/.default"} else [] end)
  elif .status == 403 then
    (if .probe == "contacts" then {good: false, what: ("Usher's application user may not read contacts: " + $said[0:200]),
      mend: "make an application user for the app registration in the Power Platform admin center and give it a role that reads and writes contacts"}
     else {what: (.probe + " cannot be read by the application user")} end)
  elif .probe == "contacts" and .status == 400 then
    {good: false, what: ("the contact has not all columns: " + $said[0:200]), mend: "correct usher.dataverse.columns: logical names, such as emailaddress1"}
  elif .probe == "changes" and .status >= 400 and .status < 500 then
    {good: false, what: "change tracking is off for contacts", mend: "switch on \"Track changes\" in the properties of the table Contact, and publish"}
  elif .status != 200 then null
  elif .probe == "contacts" then {good: true, what: "contacts and their columns can be read"}
  elif .probe == "changes" then {good: true, what: "change tracking is on"}
  elif .body.value == [] then
    (if (variable("wantedUrl") // "") == "" then {what: "no webhook is registered: changes come by change tracking alone", mend: "set usher.dataverse.webhook.url and register it, to hear of them at once"}
     else {good: false, what: "the webhook is not registered", mend: "run usher register-webhook, or set usher.dataverse.webhook.register to true"} end)
  elif (variable("wantedUrl") // "") != "" and .body.value[0].url != variable("wantedUrl") then
    {good: false, what: ("the webhook is registered for another address: " + .body.value[0].url), mend: "run usher register-webhook, or correct usher.dataverse.webhook.url"}
  else {good: true, what: ("the webhook is registered for " + .body.value[0].url)} end
