-- How far the service's own events have been followed up: all before this place, in the order of
-- transactions. One row for each kind of stream that is followed; none yet means from the first
-- event on.
create table follower (
  name text primary key,
  xid xid8 not null,
  position bigint not null
);

grant select, insert, update on follower to ${app_role};
