create table customers (
  object_id varchar(64) primary key,
  email varchar(320),
  given_name varchar(256),
  family_name varchar(256),
  display_name varchar(256),
  customer_type varchar(64),
  marketing_consent boolean not null,
  state varchar(16) not null,
  version bigint not null)
