-- What can be seen of the money. Each row is written in the transaction of the append that made it
-- true, and can be made again from the stream.
create table ledgers (
  order_id uuid primary key,
  buyer_id uuid not null,
  seller_id uuid not null,
  currency text not null,
  total_minor bigint not null,
  -- NONE, BEFORE_PAYMENT, AFTER_PAYMENT
  cancellation text not null,
  after_sale_closed boolean not null,
  captured_minor bigint not null,
  refunded_minor bigint not null,
  paid_out_minor bigint not null,
  outside_minor bigint not null,
  escrow_minor bigint not null,
  reserved_minor bigint not null,
  wallet_minor bigint not null,
  vouchers_minor bigint not null,
  seller_minor bigint not null,
  version int not null,
  published_version int not null,
  changed_at timestamptz not null
) with (fillfactor = 80);

-- Double entry: two rows for each movement, of opposite sign.
create table postings (
  order_id uuid not null,
  stream_version int not null,
  account text not null,
  amount_minor bigint not null,
  posted_at timestamptz not null,
  primary key (order_id, stream_version, account)
);

create table payments (
  payment_id uuid primary key,
  order_id uuid not null,
  method text not null,
  amount_minor bigint not null,
  currency text not null,
  state text not null
) with (fillfactor = 80);

create table refunds (
  refund_id uuid primary key,
  order_id uuid not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  cause_type text not null,
  cause_id uuid not null,
  requested_minor bigint not null,
  amount_minor bigint not null,
  currency text not null,
  channel text not null,
  stage text not null,
  attempts int not null,
  requested_at timestamptz not null,
  retry_at timestamptz,
  issued_at timestamptz,
  expected_by timestamptz,
  settled_at timestamptz,
  voucher_code text,
  voucher_expires_at timestamptz
) with (fillfactor = 80);

create index refunds_by_time on refunds (requested_at, refund_id);
create index refunds_by_order on refunds (order_id);
create index refunds_by_buyer on refunds (buyer_id, requested_at, refund_id);
create index refunds_by_seller on refunds (seller_id, requested_at, refund_id);

create table payouts (
  payout_id uuid primary key,
  order_id uuid not null,
  seller_id uuid not null,
  amount_minor bigint not null,
  currency text not null,
  why text not null,
  released_at timestamptz not null
);

-- The simulated payment provider's own books; a real one keeps them elsewhere.
create table provider_payments (
  payment_id uuid primary key,
  order_id uuid not null,
  amount_minor bigint not null,
  currency text not null,
  -- AUTHORIZED, CAPTURED, FAILED, VOIDED
  state text not null,
  code text
) with (fillfactor = 80);

create table provider_refunds (
  idempotency_key text primary key,
  refund_id uuid not null,
  order_id uuid not null,
  attempt int not null,
  amount_minor bigint not null,
  currency text not null,
  -- ASKED, REFUSED, SENT, ARRIVED
  state text not null,
  code text
) with (fillfactor = 80);

grant select, insert, update
  on ledgers, postings, payments, refunds, payouts, provider_payments, provider_refunds
  to ${app_role};
