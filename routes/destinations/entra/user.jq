# What Usher changes on the user itself: https://learn.microsoft.com/graph/api/user-update
# Only what differs from what the directory showed; nothing at all for most users. Names and address follow from the
# contact, where that is believed; a name that is empty there is cleared, an address to sign in with never is.
.data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| ($usher.directory // {}) as $shown
| ($usher.contact.wins // []) as $wins
| (.emails[0].value) as $address
| variable("address") as $policy
| (variable("remoteIds") | fromjson) as $ids
| if $usher.state != "active" then {skip: "disabled or deleted"} else
    (if variable("userName")
     then {userPrincipalName: (variable("userName") + "@" + ($shown.userPrincipalName | split("@") | last))} else {} end)
  + (if (.displayName // "") != "" and .displayName != $shown.displayName then {displayName: .displayName} else {} end)
  + (if ($wins | index("names")) and .name.givenName != $shown.name.givenName
     then {givenName: .name.givenName} else {} end)
  + (if ($wins | index("names")) and .name.familyName != $shown.name.familyName
     then {surname: .name.familyName} else {} end)
  + (if ($wins | index("email")) and ($policy == "identity" or $policy == "both") and $address and $shown.signInAddress
        and ($address | ascii_downcase) != ($shown.signInAddress | ascii_downcase)
     then {signInAddress: $address} else {} end)
  + (if ($wins | index("email")) and ($policy == "mail" or $policy == "both")
        and ($address // "" | ascii_downcase) != ($shown.mail // "" | ascii_downcase)
     then {mail: $address} else {} end)
  + (if $ids.stripe and $ids.stripe != $shown.foreignIds.stripe
     then {("extension_" + (variable("extensionsAppId") | gsub("-"; "")) + "_stripeCustomerId"): $ids.stripe} else {} end)
  end
