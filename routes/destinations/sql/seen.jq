# A row of the customers table in the shape of customer-row.jq; null when there is none. Databases differ in the case of names.
if length == 0 then null else .[0] | with_entries(.key |= ascii_downcase) end
