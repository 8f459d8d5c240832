-- Drops all months before this one that foreign_stream covers: every version up to the last one seen
-- was handled. Of what is held nothing is covered from its own month on. However long nobody has
-- looked, no month stays behind; what fell outside all months is in the default partition.
create or replace function inbox_drop_before(month date) returns void
language plpgsql security definer set search_path = public as $$
declare
  needed timestamptz := (select min(received_at) from set_aside where kind in ('HELD', 'FAULTY'));
  first date := date_trunc('month',
    least(month::timestamp, coalesce(needed at time zone 'UTC', month::timestamp)));
  partition text;
begin
  for partition in
    select child.relname from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'inbox'::regclass and child.relname ~ '^inbox_\d{4}_\d{2}$'
      and to_date(substr(child.relname, 7), 'YYYY_MM') < first
  loop
    execute format('drop table if exists %I', partition);
  end loop;
  delete from inbox_default where received_month < first;
end
$$;

revoke execute on function inbox_drop_before from public;
grant execute on function inbox_drop_before to ${app_role};

drop function if exists inbox_drop_month(date);
