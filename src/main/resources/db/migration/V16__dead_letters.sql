-- What was decided of a dead letter, by whom, and whether its message may still wait in the queue "dead-letters". States:
-- open, replayed, dismissed, resolved (it needed nobody; the note says why). Times are epoch milliseconds.
alter table dead_letter add column decided_at bigint;
alter table dead_letter add column decided_by varchar(200);
alter table dead_letter add column note varchar(255);
alter table dead_letter add column held boolean default true not null;

create index dead_letter_by_time on dead_letter (state, at desc, id desc);
create index dead_letter_by_group on dead_letter (state, destination, reason, at desc, id desc);
create index dead_letter_to_move on dead_letter (state, held);
create index dead_letter_by_decision on dead_letter (decided_at);

-- What is kept for a while only is found by its time.
create index hand_edit_by_time on hand_edit (at);
