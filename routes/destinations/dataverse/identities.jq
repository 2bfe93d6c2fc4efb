# The external identities of exactly this provider: Dataverse compares without regard to case, Power Pages does not.
(variable("settings") | fromjson | .provider) as $provider
| [.value[] | select(.adx_identityprovidername == $provider)]
