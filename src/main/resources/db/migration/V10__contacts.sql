-- The contact in Dataverse that a user was last seen with, and for each group of attributes the keyed hashes of the value
-- that was routed, and of those that the directory and the contact showed at the time.
create table linked_contact (
    subject           varchar(64) not null primary key,
    contact_id        varchar(64) not null,
    version           bigint      not null,
    names             varchar(64) not null,
    names_directory   varchar(64) not null,
    names_contact     varchar(64) not null,
    email             varchar(64) not null,
    email_directory   varchar(64) not null,
    email_contact     varchar(64) not null,
    consent           varchar(64) not null,
    consent_directory varchar(64) not null,
    consent_contact   varchar(64) not null,
    contested_at      bigint      not null
);
create index linked_contact_by_id on linked_contact (contact_id);

-- How far change tracking was read: the link that is read next.
create table change_link (
    source   varchar(100)  not null primary key,
    link     varchar(4000) not null,
    phase    varchar(16)   not null,
    begun_at bigint        not null,
    read_at  bigint        not null
);

-- Keyed hashes of the mail values that were sent to the directory: a B2C tenant takes ten different ones of a user.
create table mail_value (
    subject    varchar(64) not null,
    value_hash varchar(64) not null,
    primary key (subject, value_hash)
);
