-- What has happened, for ever: the role that the service runs under may add and read, nothing else.
-- The table is the outbox too: the relay publishes what the log says was inserted here.
create table event (
  position bigint generated always as identity primary key,
  event_id uuid not null,
  stream text not null,
  version int not null check (version > 0),
  -- Which event of the stream was published before this one, and whether this one is: fixed when it
  -- is appended, so that no later build can open or close a gap.
  previous_published int not null check (previous_published between 0 and version - 1),
  has_message boolean not null,
  type text not null,
  data jsonb not null,
  correlation_id uuid not null,
  causation_id uuid not null,
  actor text not null,
  origin text not null,
  run_id text,
  traceparent text,
  -- Simulated time and wall time.
  time timestamptz not null,
  recorded_at timestamptz not null default now(),
  xid xid8 not null default pg_current_xact_id(),
  unique (stream, version)
);

-- For readers that must not overtake a late committer.
create index event_by_transaction on event (xid, position);

create publication event_publication for table event with (publish = 'insert');

-- When a stream wants to be woken next: a function of its state, kept where a poller finds it.
create table deadline (
  stream text primary key,
  name text not null,
  rank int not null,
  -- Simulated.
  due_at timestamptz not null,
  -- Wall time until which one poller has it; null: nobody.
  leased_until timestamptz
) with (fillfactor = 80);

create index deadline_by_time on deadline (due_at, rank, stream);

-- Ids of the foreign events that have been handled, by month of wall time. Months are made ahead by
-- the service; what falls outside goes to the default partition.
create table inbox (
  event_id uuid not null,
  received_month date not null,
  primary key (event_id, received_month)
) partition by range (received_month);

create table inbox_default partition of inbox default;

-- Makes the partition of a month. The service may call it, and nothing else of the kind.
create function inbox_make_month(month date) returns void
language plpgsql security definer set search_path = public as $$
declare
  first date := date_trunc('month', month);
  partition text := 'inbox_' || to_char(first, 'YYYY_MM');
begin
  if to_regclass(partition) is null
      and not exists (select from inbox_default where received_month = first) then
    execute format(
      'create table if not exists %I partition of inbox for values from (%L) to (%L)',
      partition, first, first + interval '1 month');
  end if;
end
$$;

-- Drops a month that foreign_stream covers: every version up to the last one seen was handled. A
-- record that is held is not covered yet, and keeps its month.
create function inbox_drop_month(month date) returns void
language plpgsql security definer set search_path = public as $$
declare
  first date := date_trunc('month', month);
begin
  if not exists (
      select from set_aside
      where kind in ('HELD', 'FAULTY') and received_at < first + interval '1 month') then
    execute format('drop table if exists %I', 'inbox_' || to_char(first, 'YYYY_MM'));
  end if;
end
$$;

revoke execute on function inbox_make_month, inbox_drop_month from public;
grant execute on function inbox_make_month, inbox_drop_month to ${app_role};

-- The last version that was seen of each stream of another service.
create table foreign_stream (
  stream text primary key,
  last_version int not null,
  updated_at timestamptz not null default now()
) with (fillfactor = 80);

-- Records that could not be applied when they came, whole.
create table set_aside (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('PARKED', 'AWAITING', 'HELD', 'FAULTY', 'UNREADABLE')),
  -- Null where not even that could be read.
  event_id uuid,
  awaits text not null,
  reason text not null,
  topic text not null,
  partition_number int not null,
  record_offset bigint not null,
  record_key uuid,
  headers jsonb not null,
  -- Null where the record had none.
  value bytea,
  received_at timestamptz not null,
  recorded_at timestamptz not null,
  attempts int not null default 0,
  retry_at timestamptz
);

create index set_aside_by_cause on set_aside (awaits, id);

-- Where the inbox cannot tell a repetition.
create unique index set_aside_without_id
  on set_aside (topic, partition_number, record_offset) where event_id is null;

-- What callers were told, for a day of wall time.
create table idempotency (
  caller text not null,
  path text not null,
  key text not null,
  body_hash text not null,
  status int not null,
  headers jsonb not null,
  body text,
  created_at timestamptz not null default now(),
  primary key (caller, path, key)
);

create index idempotency_by_age on idempotency using brin (created_at);

grant select, insert on event, inbox to ${app_role};
grant select, insert, update, delete on deadline, set_aside, idempotency to ${app_role};
grant select, insert, update on foreign_stream to ${app_role};
grant select on event to ${relay_role};
