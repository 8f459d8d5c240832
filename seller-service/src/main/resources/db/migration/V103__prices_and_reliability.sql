-- What a product costs now, to be compared with others of its category.
alter table products
  add column price_minor bigint generated always as ((view ->> 'priceMinor')::bigint) stored,
  add column currency text generated always as (view ->> 'currency') stored;

create index products_by_price on products (category, currency, price_minor, product_id);

-- How a seller's requests ended, from which his reliability is worked out.
create table request_ends (
  cancellation_id uuid primary key,
  seller_id uuid not null,
  outcome text not null,
  -- Null where the end was not his own answer.
  reply_seconds int,
  ended_at timestamptz not null
);

create index ends_of_seller on request_ends (seller_id, ended_at);

-- What a seller got points for.
create table penalties (
  code text not null,
  cause_id uuid not null,
  seller_id uuid not null,
  order_id uuid not null,
  at timestamptz not null,
  primary key (code, cause_id)
);

create index penalties_of_seller on penalties (seller_id, at);

create index shipments_of_order on shipments (order_id);

grant select, insert, update on request_ends, penalties to ${app_role};
