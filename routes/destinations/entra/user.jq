# What Usher changes on the user itself: https://learn.microsoft.com/graph/api/user-update
# Only what differs from what the directory showed; nothing at all for most users.
.data
| .["urn:dev:usher:scim:schemas:extension:2.0:User"] as $usher
| ($usher.directory // {}) as $shown
| (variable("remoteIds") | fromjson) as $ids
| if $usher.state != "active" then {skip: "disabled or deleted"} else
    (if variable("userName")
     then {userPrincipalName: (variable("userName") + "@" + ($shown.userPrincipalName | split("@") | last))} else {} end)
  + (if (.displayName // "") != "" and .displayName != $shown.displayName then {displayName: .displayName} else {} end)
  + (if $ids.stripe and $ids.stripe != $shown.foreignIds.stripe
     then {("extension_" + (variable("extensionsAppId") | gsub("-"; "")) + "_stripeCustomerId"): $ids.stripe} else {} end)
  end
