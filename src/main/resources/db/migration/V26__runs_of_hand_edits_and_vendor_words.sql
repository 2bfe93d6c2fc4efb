-- The reconciliation that found it; null for what an operator's own look at one person found. The event's id begins with the same
-- number, but by a part of a text rows are found quickly only where the database compares texts byte by byte.
alter table hand_edit add column run bigint;
update hand_edit set run = cast(substring(event_id from 1 for position('/' in event_id) - 1) as bigint)
 where case when position('/' in event_id) between 2 and 19
            then translate(substring(event_id from 1 for position('/' in event_id) - 1), '0123456789', '')
            else 'none' end = '';
create index hand_edit_by_run on hand_edit (run, destination);

-- What the vendor said of it, without personal data; null when it said nothing, or it was parked before this was kept.
alter table dead_letter add column words varchar(255);
