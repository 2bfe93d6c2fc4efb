merge into customers as held
using (values (cast(:#object_id as varchar), cast(:#email as varchar), cast(:#given_name as varchar),
               cast(:#family_name as varchar), cast(:#display_name as varchar), cast(:#customer_type as varchar),
               cast(:#marketing_consent as boolean), cast(:#state as varchar), cast(:#version as bigint)))
   as wanted (object_id, email, given_name, family_name, display_name, customer_type, marketing_consent, state, version)
   on held.object_id = wanted.object_id
 when matched and held.version <= wanted.version then update
  set email = wanted.email, given_name = wanted.given_name, family_name = wanted.family_name,
      display_name = wanted.display_name, customer_type = wanted.customer_type,
      marketing_consent = wanted.marketing_consent, state = wanted.state, version = wanted.version
 when not matched then insert
      (object_id, email, given_name, family_name, display_name, customer_type, marketing_consent, state, version)
      values (wanted.object_id, wanted.email, wanted.given_name, wanted.family_name, wanted.display_name,
              wanted.customer_type, wanted.marketing_consent, wanted.state, wanted.version)
