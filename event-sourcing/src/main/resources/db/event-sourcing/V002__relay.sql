-- Where the relay stands. Written by the relay alone, so that it needs no other right than this.
create table published_mark (
  singleton boolean primary key default true check (singleton),
  -- Every transaction that it sees has been acknowledged by Kafka.
  mark pg_snapshot not null,
  -- So has everything in the log up to here. Stored before the slot may move to it.
  acknowledged_lsn pg_lsn not null
);

grant select, insert, update on published_mark to ${relay_role};
grant select on published_mark to ${app_role};
