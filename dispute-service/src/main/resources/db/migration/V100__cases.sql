-- What parties and mediators look through. Every row follows from its stream and can be rebuilt from
-- it; `view` is what is shown, the columns beside it are what is filtered and sorted by.

create table disputes (
  dispute_id uuid primary key,
  order_id uuid not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  state text not null,
  opened_at timestamptz not null,
  -- When something happens by itself next; null where nothing will.
  due_at timestamptz,
  view jsonb not null
) with (fillfactor = 80);

create index disputes_newest on disputes (opened_at desc, dispute_id desc);
create index disputes_of_buyer on disputes (buyer_id, opened_at desc, dispute_id desc);
create index disputes_of_seller on disputes (seller_id, opened_at desc, dispute_id desc);

create table returns (
  return_id uuid primary key,
  order_id uuid not null,
  buyer_id uuid not null,
  seller_id uuid not null,
  state text not null,
  opened_at timestamptz not null,
  due_at timestamptz,
  view jsonb not null
) with (fillfactor = 80);

create index returns_newest on returns (opened_at desc, return_id desc);
create index returns_of_buyer on returns (buyer_id, opened_at desc, return_id desc);
create index returns_of_seller on returns (seller_id, opened_at desc, return_id desc);

-- The pieces of evidence that are in a case, and the order whose people may look at them.
create table evidence (
  evidence_id uuid primary key,
  order_id uuid not null,
  media_type text not null
);

-- The pieces that were uploaded for a case yet to be opened: of these no event tells.
create table evidence_drafts (
  evidence_id uuid primary key,
  order_id uuid not null,
  buyer_id uuid not null,
  media_type text not null,
  size_bytes int not null,
  sha256 text not null,
  caption text not null,
  -- Wall time: a draft that nobody used within a day is removed.
  uploaded_at timestamptz not null default now()
);

create index drafts_by_age on evidence_drafts (uploaded_at);

grant select, insert, update on disputes, returns, evidence to ${app_role};
grant select, insert, update, delete on evidence_drafts to ${app_role};
