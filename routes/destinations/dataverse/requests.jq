# The changeset that links a user to a contact. The external identity's id follows from the provider and the user, so that
# Dataverse refuses a second one as a duplicate key, whoever writes it: 412. What the user does not have clears nothing in a
# contact that was there before. To the contact that is remembered goes only what it shows otherwise.
(variable("settings") | fromjson) as $set
| (variable("decision") | fromjson) as $decision
| variable("identityHash") as $hash
| ("?tag=" + $set.tag) as $tag
| ("\($hash[0:8])-\($hash[8:12])-\($hash[12:16])-\($hash[16:20])-\($hash[20:32])") as $identity
| (if $decision.stamped then {} else {adx_identity_securitystamp: variable("stamp")} end
   + {adx_identity_lockoutenabled: true}) as $once
| (if $decision.wake then {statecode: 0, statuscode: 1} else {} end) as $active
| (variable("changes") // "null" | fromjson) as $changes
| (if $changes != null and $decision.contact == variable("remoteId") then $changes else .contact end) as $contact
| [
    (if $decision.how == "create" then
      {method: "POST", path: ("contacts" + $tag), body: (.contact + (.new // {}) + $once + {contactid: $decision.contact})}
     elif $decision.how == "attach" then
      {method: "PATCH", path: ("contacts(\($decision.contact))" + $tag), headers: {"If-Match": "*"},
       body: (($contact | with_entries(select(.value != null))) + $once + $active)}
     else
      {method: "PATCH", path: ("contacts(\($decision.contact))" + $tag), headers: {"If-Match": "*"}, body: ($contact + $active)}
     end),
    (if $decision.how != "linked" then
      {method: "POST", path: ("adx_externalidentities" + $tag), body: {
        adx_externalidentityid: $identity, adx_username: variable("subject"), adx_identityprovidername: $set.provider,
        "adx_contactid@odata.bind": (if $decision.how == "create" then "$1" else "/contacts(\($decision.contact))" end)}}
     elif $decision.wakeIdentity then
      {method: "PATCH", path: ("adx_externalidentities(\($decision.identity))" + $tag), headers: {"If-Match": "*"}, body: {statecode: 0, statuscode: 1}}
     else empty end)
  ]
| map(select(.method == "POST" or .body != {}))
