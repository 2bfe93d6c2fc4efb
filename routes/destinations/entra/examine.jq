# Whether the token may write what is configured, for the doctor: nothing can be tried without writing, so its roles are
# looked at. Identities have a permission of their own: https://learn.microsoft.com/graph/api/user-update#permissions
((variable("claims") // "{}") | fromjson | .roles) as $roles
| variable("address") as $address
| (["User.ReadWrite.All"]
   + (if $address == "identity" or $address == "both" then ["User.ManageIdentities.All"] else [] end)) as $needed
| if $roles == null then {what: "the token does not show its permissions", mend: "writing users needs \($needed | join(" and "))"}
  elif ($needed - $roles) == [] then {good: true, what: "users can be written (\($needed | join(", ")))"}
  else {
    good: false,
    what: ((if ($roles | index("User.ReadWrite.All")) then "the address to sign in with" else "users" end)
      + " cannot be written: \($needed - $roles | map("the permission \(.) is missing") | join(" and ")) (the token has \($roles | join(", ")))"),
    mend: ("add it as an application permission to the app registration and grant admin consent, or set "
      + (if ($roles | index("User.ReadWrite.All")) then "usher.destinations.entra.address to none or mail"
         else "usher.destinations.entra.enabled to false" end))
  } end
