-- What buyers look through, and this service's copy of the catalogue. Every row follows from events
-- and can be rebuilt from them.

create table order_summaries (
  order_id uuid primary key,
  buyer_id uuid not null,
  status text not null,
  -- Cancelled, with no money on its way any more.
  deleted boolean not null,
  placed_at timestamptz not null,
  external_reference text,
  version int not null,
  published_version int not null,
  summary jsonb not null
) with (fillfactor = 80);

-- No index holds what changes, so that an update leaves the indexes alone.
create index orders_of_buyer on order_summaries (buyer_id, placed_at desc, order_id desc);
create index orders_newest on order_summaries (placed_at desc, order_id desc);
create index orders_by_reference on order_summaries (external_reference)
  where external_reference is not null;

create table catalogue_sellers (
  seller_id uuid primary key,
  name text not null,
  seller_type text not null
);

create table catalogue_products (
  product_id uuid primary key,
  seller_id uuid not null,
  title text not null,
  price_minor bigint not null,
  currency text not null,
  -- Joined by commas.
  free_return_countries text not null,
  returns_allowed boolean not null
);

grant select, insert, update on order_summaries, catalogue_sellers, catalogue_products
  to ${app_role};
