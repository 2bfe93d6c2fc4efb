# What becomes of somebody whom we do not know in Dataverse, or whose sign-in was found to be broken: then the one contact is
# the one that is remembered. Power Pages takes "several" for "none", and then refuses the
# sign-in or makes a twin, so several are never guessed at: a person must decide.
(variable("settings") | fromjson) as $set
| (variable("identities") | fromjson) as $identities
| (variable("candidates") // "[]" | fromjson) as $contacts
| variable("subject") as $subject
| ($contacts[0] // {}) as $one
| ($one[$set.columns.userName] // "" | ascii_downcase) as $owner
| if ($identities | length) > 1 then
    {do: "park", reason: ("the user has several external identities: " + ([$identities[].adx_externalidentityid] | join(", ")))}
  elif ($identities | length) == 1 and $identities[0]._adx_contactid_value == null then
    {do: "park", reason: "the external identity \($identities[0].adx_externalidentityid) has no contact"}
  elif ($identities | length) == 1 then
    {do: "write", how: "linked", contact: $identities[0]._adx_contactid_value,
     identity: $identities[0].adx_externalidentityid, wakeIdentity: ($identities[0].statecode != 0),
     wake: ($one.contactid == $identities[0]._adx_contactid_value and $one.statecode != 0 and $set.reactivate == "true")}
  elif ($contacts | length) > 1 then
    {do: "park", reason: ("several contacts have the user's address: " + ([$contacts[].contactid] | join(", ")))}
  elif ($contacts | length) == 1 and ($owner | test("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")) and $owner != ($subject | ascii_downcase) then
    {do: "park", reason: "the contact \($one.contactid) has the user's address and belongs to another user"}
  elif ($contacts | length) == 1 and $set.mapping != "true" and $owner != ($subject | ascii_downcase) then
    {do: "park", reason: "the contact \($one.contactid) has the user's address, and contact-mapping is off"}
  elif ($contacts | length) == 1 then
    {do: "write", how: "attach", contact: $one.contactid, stamped: ($one.adx_identity_securitystamp != null),
     wake: ($one.statecode != 0 and $set.reactivate == "true")}
  elif $set.registration == "invitation-only" then
    {do: "skip", reason: "no contact, and registration is by invitation only"}
  else {do: "write", how: "create", contact: variable("newContact")} end
