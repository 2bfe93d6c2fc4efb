-- Users who were routed as the directory alone shows them, because Dataverse did not give their contact. Once it does they are
-- looked at again. Times are milliseconds since the epoch.
create table unread_contact (
    subject      varchar(64)  not null primary key,
    noted_at     bigint       not null
);
