# The user as the router has just read it from the directory, in the shape of user.jq, which wants only what differs from it.
.data["urn:dev:usher:scim:schemas:extension:2.0:User"].directory // {}
| {userPrincipalName, displayName, givenName: .name.givenName, surname: .name.familyName, signInAddress, mail}
