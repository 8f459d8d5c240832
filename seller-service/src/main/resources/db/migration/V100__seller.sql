-- What sellers look through. Every row follows from its stream and can be rebuilt from it; `view` is
-- what is shown, the columns beside it are what is filtered and sorted by.

create table seller_orders (
  order_id uuid primary key,
  seller_id uuid not null,
  state text not null,
  request_state text not null,
  opened_at timestamptz not null,
  ship_by timestamptz not null,
  -- Of the request that is open: when the clock that runs ends.
  reply_by timestamptz,
  view jsonb not null
) with (fillfactor = 80);

create index seller_orders_newest on seller_orders (seller_id, opened_at desc, order_id desc);
create index seller_orders_by_ship_by on seller_orders (seller_id, ship_by, order_id);
create index seller_orders_by_reply_by
  on seller_orders (seller_id, (coalesce(reply_by, 'infinity'::timestamptz)), order_id);

create table cancellation_tasks (
  cancellation_id uuid primary key,
  order_id uuid not null,
  seller_id uuid not null,
  state text not null,
  reply_by timestamptz not null,
  view jsonb not null
) with (fillfactor = 80);

-- Most tasks are closed and few are asked for again, so the open ones have indexes of their own.
create index open_tasks_of_seller on cancellation_tasks (seller_id, reply_by, cancellation_id)
  where state <> 'CLOSED';
create index open_tasks on cancellation_tasks (reply_by, cancellation_id) where state <> 'CLOSED';
create index tasks_of_seller on cancellation_tasks (seller_id, reply_by, cancellation_id);

create table shipments (
  shipment_id uuid primary key,
  order_id uuid not null,
  carrier text not null,
  tracking_number text not null,
  -- Two sellers who type the same number at the same moment both find it free: here one of them
  -- fails, is decided again, and finds it used.
  constraint one_parcel_for_each_number unique (carrier, tracking_number)
);

create table sellers (
  seller_id uuid primary key,
  view jsonb not null
);

create table products (
  product_id uuid primary key,
  seller_id uuid not null,
  category text not null,
  listed_at timestamptz not null,
  view jsonb not null
);

create index products_newest on products (listed_at desc, product_id desc);
create index products_of_seller on products (seller_id, listed_at desc, product_id desc);

grant select, insert, update on seller_orders, cancellation_tasks, shipments, sellers, products
  to ${app_role};
