-- This service's copy of what sellers may do: whose standing has never changed is in good standing.

create table catalogue_standings (
  seller_id uuid primary key,
  standing text not null,
  since timestamptz not null
);

grant select, insert, update on catalogue_standings to ${app_role};
