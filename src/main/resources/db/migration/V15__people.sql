-- When Usher first had the event on a queue; for a try that failed, not before when the next one comes; and the rule by which
-- the destination gets the user. Columns of a row that is written anyway. Times are epoch milliseconds.
alter table delivery add column seen_at bigint;
alter table delivery add column next_try bigint;
alter table delivery add column sent_by varchar(255);

-- One person's log, newest first, page by page. It takes the place of the index by subject alone.
create index delivery_of_subject on delivery (subject, id);
drop index delivery_by_subject;

-- Search: by the destination's own id, and by the keyed hash of the address.
create index projection_by_remote_id on projection (remote_id);
create index person_by_email on person (email_hash);
