# Who gets which web role. The roles' ids stand in usher.destinations.dataverse.web-roles; a blank one is not given.
(variable("settings") | fromjson | .roles) as $roles
| .data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| [
    (if $usher.state == "active" then $roles.everybody else empty end),
    (if $usher.state == "active" and $usher.customerType == "business" then $roles.business else empty end)
  ]
| map(select(. != "")) | unique | join(",")
