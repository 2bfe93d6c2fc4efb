select object_id, email, given_name, family_name, display_name, customer_type, marketing_consent, state
  from customers
 where object_id = :#${variable.subject}
