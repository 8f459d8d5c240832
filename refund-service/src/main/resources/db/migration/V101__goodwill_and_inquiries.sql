-- What sellers give of their own accord, what buyers ask about, and what they keep.
alter table refunds add column comment text;

create table refund_inquiries (
  inquiry_id uuid primary key,
  order_id uuid not null,
  refund_id uuid not null,
  text text not null,
  -- OPEN, CONFIRMED_SENT, REISSUED_TO_WALLET, ARRIVED
  state text not null,
  opened_at timestamptz not null,
  closed_at timestamptz
) with (fillfactor = 80);

create index refund_inquiries_by_refund on refund_inquiries (refund_id, opened_at);

-- Cases as the ledger has heard of them, by the version of its own stream.
create table case_notes (
  order_id uuid not null,
  stream_version int not null,
  case_id uuid not null,
  opened boolean not null,
  primary key (order_id, stream_version)
);

create table wallet_entries (
  refund_id uuid primary key,
  buyer_id uuid not null,
  amount_minor bigint not null,
  currency text not null,
  kept_at timestamptz not null,
  -- null for credit
  voucher_code text,
  voucher_expires_at timestamptz
);

-- What came into wallets before they had streams of their own.
insert into wallet_entries
select refund_id, buyer_id, amount_minor, currency, issued_at, voucher_code, voucher_expires_at
from refunds where channel in ('WALLET_CREDIT', 'VOUCHER') and issued_at is not null;

alter table payouts add column stream_version int not null default 0;
update payouts set stream_version = postings.stream_version
from postings
where postings.order_id = payouts.order_id and postings.account = 'SELLER'
  and postings.posted_at = payouts.released_at;
create index payouts_by_order on payouts (order_id);

-- The last transaction that has changed anything about an order, so that the books of one that
-- nobody has touched need not be looked at again. Set by the database: also what somebody changes
-- by hand is a change. A block range index is small, and does not stand in the way of updates in
-- place.
alter table ledgers
  add column changed_in bigint not null default pg_current_xact_id()::text::bigint;
create index ledgers_by_change on ledgers using brin (changed_in)
  with (pages_per_range = 16, autosummarize = on);

create function note_changed_ledger() returns trigger language plpgsql as $$
begin
  new.changed_in := pg_current_xact_id()::text::bigint;
  return new;
end $$;

create function note_changed_posting() returns trigger language plpgsql as $$
begin
  update ledgers set changed_in = 0 where order_id = old.order_id;
  return null;
end $$;

create trigger ledger_changed before update on ledgers
  for each row when (old.* is distinct from new.*) execute function note_changed_ledger();

-- Postings are written once. What happens to one afterwards is not our doing.
create trigger posting_changed after update on postings
  for each row when (old.* is distinct from new.*) execute function note_changed_posting();
create trigger posting_lost after delete on postings
  for each row execute function note_changed_posting();

grant select, insert, update on refund_inquiries, case_notes, wallet_entries to ${app_role};
