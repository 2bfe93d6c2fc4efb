# What Mailchimp's answers say, for the doctor: https://mailchimp.com/developer/marketing/docs/errors/
# The merge fields are those that member.jq writes.
["FNAME", "LNAME"] as $needed
| if .probe == "merge fields" and .status != 200 then []
  elif .status == 401 or (.status == 403 and (.body | type) == "object") then
    {good: false, what: "Mailchimp does not accept the key",
     mend: "set usher.destinations.mailchimp.api-key (MAILCHIMP_API_KEY) to a key that was not revoked, and MAILCHIMP_URL to its data centre: what follows the key's dash"}
  elif .status == 404 then
    {good: false, what: "there is no such audience",
     mend: "set usher.destinations.mailchimp.audience (MAILCHIMP_AUDIENCE) to the id under Audience, Settings"}
  elif .status != 200 then null
  elif .probe == "audience" then {good: true, what: "the key is accepted, and the audience is there"}
  else ($needed - [.body.merge_fields[].tag]) as $missing
    | (if $missing == [] then {good: true, what: ("the merge fields are there: " + ($needed | join(", ")))}
       else {good: false, what: ("the audience has no merge field " + ($missing | join(", "))),
         mend: "add it as a text under Audience, Settings, Audience fields, or take it out of member.jq"} end)
  end
