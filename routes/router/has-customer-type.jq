(variable("customerTypes") // "" | [split(",")[] | gsub("^\\s+|\\s+$"; "") | select(. != "")]) as $wanted
| .["urn:dev:usher:scim:schemas:extension:2.0:User"].customerType as $type
| $wanted == [] or ([$wanted[] | select(. == $type)] != []) or (variable("known") | contains(" salesforce "))
