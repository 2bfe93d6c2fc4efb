-- What the administrator is to be told, one row for each channel that was not told yet: a channel that fails does not hold up
-- the others. Times are milliseconds since the epoch.
create table alarm_notice (
    alarm        varchar(64)  not null,
    channel      varchar(64)  not null,
    number       bigint       not null,
    decided_at   bigint       not null,
    raised       boolean      not null,
    subject      varchar(255) not null,
    text         varchar(20000) not null,
    tries        integer      not null,
    next_try     bigint       not null,
    primary key (alarm, channel, number)
);
insert into alarm_notice (alarm, channel, number, decided_at, raised, subject, text, tries, next_try)
select name, 'mail', number, decided_at, raised, coalesce(subject, ''), coalesce(text, ''), tries, next_try
  from alarm where told_at is null;
alter table alarm drop column told_at;
alter table alarm drop column tries;
alter table alarm drop column next_try;

-- Destinations that do not answer, or asked for peace, as any node last saw it; the row goes when one of them answers.
create table destination_pause (
    destination  varchar(64)  not null primary key,
    since        bigint       not null,
    until        bigint       not null,
    reason       varchar(255) not null
);

-- How late after its time the newest record of a source was seen, in milliseconds.
alter table watermark add column late bigint;

-- Whether the administrator was told of the people that a run found missing.
alter table reconciliation add column told boolean default false not null;
