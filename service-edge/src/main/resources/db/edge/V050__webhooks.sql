-- Where events are sent over HTTP. Times of these tables are wall time.
create table webhook (
  webhook_id uuid primary key,
  url text not null,
  types text[] not null,
  -- Signs what is sent, so it has to be known; nothing ever shows it.
  secret text not null,
  created_by text not null,
  recorded_at timestamptz not null,
  -- It is sent the events of later transactions.
  xid xid8 not null default pg_current_xact_id(),
  -- Events that found no room among what waits for it.
  missed bigint not null default 0,
  -- How the last attempt ended: with a status or, without an answer, in these words.
  last_event_id uuid,
  last_status int,
  last_failure text,
  last_at timestamptz
) with (fillfactor = 80);

-- Those who may read every table for a look, and are not the service, find no secrets here.
alter table webhook enable row level security;
create policy webhook_of_the_service on webhook to ${app_role} using (true) with check (true);

-- What is still to be sent. A row goes when its receiver has taken it.
create table webhook_delivery (
  webhook_id uuid not null references webhook on delete cascade,
  event_id uuid not null,
  type text not null,
  body text not null,
  recorded_at timestamptz not null,
  attempts int not null default 0,
  -- Null: parked, and tried again only when somebody asks for it.
  next_at timestamptz,
  -- Until then one instance has it; null: nobody.
  leased_until timestamptz,
  last_status int,
  last_failure text,
  last_at timestamptz,
  primary key (webhook_id, event_id)
) with (fillfactor = 80);

create index webhook_delivery_by_time on webhook_delivery (webhook_id, next_at);

grant select, insert, update, delete on webhook, webhook_delivery to ${app_role};
