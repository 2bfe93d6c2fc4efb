-- How far each source has been read. Times are milliseconds since the epoch, UTC.
create table watermark (
    source varchar(100) not null primary key,
    begun_at bigint not null,
    newest bigint not null,
    shallow_at bigint not null,
    deep_at bigint not null,
    polled_at bigint not null,
    gap_from bigint,
    gap_to bigint
);

-- Records of a source that became events; kept a little longer than the source keeps them.
create table seen_record (
    source varchar(100) not null,
    record_id varchar(200) not null,
    happened_at bigint not null,
    primary key (record_id, source)
);

create index seen_record_by_time on seen_record (source, happened_at);
