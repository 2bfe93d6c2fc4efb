# Whether the router has seen another contact with the user's object id than the one that is remembered: after a merge, say.
.data["urn:dev:usher:scim:schemas:extension:2.0:User"].contact.id as $seen
| variable("remoteId") as $remembered
| $seen != null and $remembered != null and ($seen | ascii_downcase) != ($remembered | ascii_downcase)
