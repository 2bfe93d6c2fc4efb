# Whether what a rule gives exists and may be given, for the doctor: https://learn.microsoft.com/graph/permissions-reference
variable("rule") as $rule
| variable("role") as $role
| ((variable("claims") // "{}") | fromjson | .roles) as $roles
| (if variable("kind") == "groups" then "GroupMember.ReadWrite.All" else "AppRoleAssignment.ReadWrite.All" end) as $needed
| "correct usher.destinations.birthrights.rules: " as $correct
| if .status == 404 and variable("kind") == "groups" then
    {good: false, what: ("the group of the rule \"" + $rule + "\" does not exist"), mend: ($correct + "group is the object id of the group")}
  elif .status == 404 then
    {good: false, what: ("the app of the rule \"" + $rule + "\" does not exist"),
     mend: ($correct + "app is the object id of the enterprise application, not the application id")}
  elif .status == 403 then {good: false, what: ("what the rule \"" + $rule + "\" gives cannot be read"),
     mend: "add Directory.Read.All as an application permission to the app registration and grant admin consent"}
  elif .status != 200 then null
  elif variable("kind") != "groups" and $role != "00000000-0000-0000-0000-000000000000" and ([.body.appRoles[]? | select(.id == $role)] == []) then
    {good: false, what: ("the app of the rule \"" + $rule + "\" has no such role"), mend: ($correct + "role is the id of the app role, not its value")}
  elif $roles and ([$roles[] | select(. == $needed)] == []) then
    {good: false, what: ("what the rule \"" + $rule + "\" gives cannot be given: the permission " + $needed + " is missing"),
     mend: "add it as an application permission to the app registration and grant admin consent"}
  else {good: true, what: ("what the rule \"" + $rule + "\" gives is there")} end
