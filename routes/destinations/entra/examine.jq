# Whether the token may write users, for the doctor: nothing can be tried without writing, so its roles are looked at.
# https://learn.microsoft.com/graph/api/user-update#permissions
((variable("claims") // "{}") | fromjson | .roles) as $roles
| if $roles == null then {what: "the token does not show its permissions", mend: "writing users needs User.ReadWrite.All"}
  elif ([$roles[] | select(. == "User.ReadWrite.All")] != []) then {good: true, what: "users can be written (User.ReadWrite.All)"}
  else {good: false, what: ("users cannot be written: the permission User.ReadWrite.All is missing (the token has " + ($roles | join(", ")) + ")"),
    mend: "add it as an application permission to the app registration and grant admin consent, or set usher.destinations.entra.enabled to false"} end
