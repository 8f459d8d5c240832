-- This service's copy of prices that have changed since the product was listed.

create table catalogue_prices (
  product_id uuid primary key,
  price_minor bigint not null
);

grant select, insert, update on catalogue_prices to ${app_role};
