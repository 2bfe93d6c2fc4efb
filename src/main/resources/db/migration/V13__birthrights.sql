-- Groups and app roles that Usher gave to users by rule, and may take away again: what has no row here is not ours. A row
-- is written before the directory is asked (added_at is null) and again when it has confirmed. Ids only, no personal data.
-- Times are milliseconds since the epoch. role is empty for a group.
create table birthright (
    subject       varchar(64) not null,
    kind          varchar(16) not null,
    target        varchar(36) not null,
    role          varchar(36) not null,
    assignment_id varchar(255),
    asked_at      bigint      not null,
    added_at      bigint,
    primary key (subject, kind, target, role)
);
