-- Whether the account was disabled when it was last read: who is disabled already does not depart again.
alter table person add column disabled boolean default false not null;

-- The last time somebody known was disabled or deleted, and what the mass-change guard made of it.
create table departure (
    subject      varchar(64)  not null primary key,
    version      bigint       not null,
    at           bigint       not null,
    held_in      bigint
);
create index departure_by_time on departure (at);

-- Each time more users departed than the guard lets pass. The newest row is the guard's state. Row 0 is the beginning, and
-- the row that is locked while the guard decides.
create table mass_change (
    number       bigint       not null primary key,
    state        varchar(16)  not null,
    since        bigint       not null,
    users        bigint       not null,
    departures   bigint       not null,
    decided_at   bigint       not null,
    decided_by   varchar(100),
    told         boolean      not null
);
insert into mass_change (number, state, since, users, departures, decided_at, told) values (0, 'released', 0, 0, 0, 0, true);
