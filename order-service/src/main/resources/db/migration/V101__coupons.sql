-- The coupons of all buyers, to be found by their codes. Every row follows from events and can be
-- rebuilt from them.

create table buyer_coupons (
  coupon_id uuid primary key,
  buyer_id uuid not null,
  state text not null,
  code text not null,
  issuer text not null,
  -- Null for one of the platform.
  seller_id uuid,
  currency text not null,
  discount_minor bigint not null,
  min_spend_minor bigint not null,
  -- Products, joined by commas; empty for all.
  applies_to text not null,
  expires_at timestamptz not null
);

create index coupons_of_buyer on buyer_coupons (buyer_id, code);

grant select, insert, update on buyer_coupons to ${app_role};
