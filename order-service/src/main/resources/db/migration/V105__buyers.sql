-- What is known of buyers themselves. Addresses stand here alone, and in no event: what is emptied
-- is gone.
create table delivery_addresses (
  address_id uuid not null,
  buyer_id uuid not null,
  -- All null once they are erased.
  name text,
  street text,
  city text,
  postcode text,
  country text,
  primary key (address_id, buyer_id)
);

create index addresses_of_buyer on delivery_addresses (buyer_id);

create table erased_buyers (
  buyer_id uuid primary key,
  erased_at timestamptz not null
);

-- What buyers have wished for, to be counted. Every row follows from an order's events.
create table buyer_acts (
  order_id uuid not null,
  stream_version int not null,
  buyer_id uuid not null,
  -- REQUEST, CANCELLATION
  act text not null,
  acted_at timestamptz not null,
  primary key (order_id, stream_version)
);

create index acts_of_buyer on buyer_acts (buyer_id, acted_at);

grant select, insert, update on delivery_addresses, erased_buyers, buyer_acts to ${app_role};
