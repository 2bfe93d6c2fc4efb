# Where a web role's contacts are: https://learn.microsoft.com/power-pages/admin/enhanced-data-model
variable("role") as $role
| if variable("model") == "enhanced" then "powerpagecomponents(\($role))/powerpagecomponent_mspp_webrole_contact"
  else "adx_webroles(\($role))/adx_webrole_contact" end
