-- How buyers found it, and how long they waited for an answer: from these, too, a seller's
-- reliability is worked out. Every row follows from an event and can be rebuilt from it.
create table reviews (
  order_id uuid primary key,
  seller_id uuid not null,
  stars int not null,
  reviewed_at timestamptz not null
);

create index reviews_of_seller on reviews (seller_id, reviewed_at);

create table message_replies (
  message_id uuid primary key,
  seller_id uuid not null,
  reply_seconds bigint not null,
  replied_at timestamptz not null
);

create index replies_of_seller on message_replies (seller_id, replied_at);

grant select, insert, update on reviews, message_replies to ${app_role};
