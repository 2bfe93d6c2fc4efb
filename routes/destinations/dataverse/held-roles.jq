# The roles found so far, with this one when the contact has it.
variable("held") + (if (.value | length) > 0 then variable("role") + "," else "" end)
