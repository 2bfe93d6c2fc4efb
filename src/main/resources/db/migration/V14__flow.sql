-- The last minutes and the last hour of the delivery log, and what is old enough to be deleted.
create index delivery_by_time on delivery (at);
