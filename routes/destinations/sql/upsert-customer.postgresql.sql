insert into customers (object_id, email, given_name, family_name, display_name, customer_type, marketing_consent,
                       state, version)
values (:#object_id, :#email, :#given_name, :#family_name, :#display_name, :#customer_type, :#marketing_consent,
        :#state, :#version)
on conflict (object_id) do update
   set email = excluded.email, given_name = excluded.given_name, family_name = excluded.family_name,
       display_name = excluded.display_name, customer_type = excluded.customer_type,
       marketing_consent = excluded.marketing_consent, state = excluded.state, version = excluded.version
 where customers.version <= excluded.version
