-- A note may name many roles by their ids.
alter table projection alter column note set data type varchar(2000);
