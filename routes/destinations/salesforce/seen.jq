# A contact as Salesforce shows it, in the shape of contact.jq. An address that differs in capitals only is the same.
(variable("event") | fromjson | .data.emails[0].value // "") as $email
| if .Email != null and (.Email | ascii_downcase) == ($email | ascii_downcase) then .Email = $email else . end
