# What the description of the contact says of the fields that are written, for the doctor:
# https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm
variable("externalId") as $external
| variable("stateField") as $state
| if .status == 401 then
    {good: false, what: "Salesforce does not accept the token", mend: "see that the integration user is active and may use the API"}
  elif .status == 403 then
    {good: false, what: "the integration user may not use the API, or the calls of the day are used up",
     mend: "give its profile \"API Enabled\"; see Company Information for the calls"}
  elif .status == 404 then
    {good: false, what: "the integration user sees no contacts, or the org does not know this version of the API",
     mend: "give its permission set Contacts: read, create, edit; or correct usher.destinations.salesforce.api-version"}
  elif .status != 200 then null
  else
    [.body.fields[] | select(.name == $external)] as $key
    | [.body.fields[] | select(.name == $state)] as $mark
    | [ (if .body.createable and .body.updateable then {good: true, what: "contacts can be created and changed"}
         else {good: false, what: "the integration user may not create or change contacts",
           mend: "give its permission set Contacts: create and edit"} end),
        (if $key == [] then {good: false, what: ("the contact has no field " + $external),
           mend: "make it (text of 36, External ID, Unique) and let the integration user see it, or correct usher.destinations.salesforce.external-id"}
         elif ($key[0].externalId and $key[0].unique) | not then {good: false, what: ("the field " + $external + " is not marked External ID and Unique"),
           mend: "mark it so in the Object Manager, Contact, Fields"}
         else {good: true, what: ("the field " + $external + " is an external id and unique")} end),
        (if ($state // "") == "" then empty
         elif $mark == [] then {good: false, what: ("the contact has no field " + $state),
           mend: "make it (text of 8 or more) and let the integration user edit it, or correct usher.destinations.salesforce.state-field"}
         else {good: true, what: ("the field " + $state + " is there")} end) ]
  end
