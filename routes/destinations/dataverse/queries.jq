# The two questions asked of Dataverse before anything is written: by whom the portal knows the user, and who has the
# user's address, active or not. A quote in a value is doubled: https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/filter-rows
(variable("settings") | fromjson) as $set
| {
  identities: ("$select=adx_username,adx_identityprovidername,statecode,_adx_contactid_value&$filter="
    + ("adx_identityprovidername eq '" + ($set.provider | gsub("'"; "''")) + "' and adx_username eq '" + variable("subject") + "'" | @uri)),
  contacts: (if .address then "$select=contactid,statecode,adx_identity_securitystamp," + $set.columns.userName
    + "&$filter=" + ($set.columns.email + " eq '" + (.address | gsub("'"; "''")) + "'" | @uri) else null end)
}
