-- When the value that was routed was written to the directory, or to the contact, which showed another one then: by that a
-- change back to the old value is told from a side that was not written yet. Milliseconds since the epoch; 0 for not written.
alter table linked_contact add column names_directory_at bigint default 0 not null;
alter table linked_contact add column names_contact_at bigint default 0 not null;
alter table linked_contact add column email_directory_at bigint default 0 not null;
alter table linked_contact add column email_contact_at bigint default 0 not null;
alter table linked_contact add column consent_directory_at bigint default 0 not null;
alter table linked_contact add column consent_contact_at bigint default 0 not null;
