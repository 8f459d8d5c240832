-- What sellers were told. Every row follows from an event and can be rebuilt from it.

create table notifications (
  notification_id uuid primary key,
  recipient_id uuid not null,
  notified_at timestamptz not null,
  view jsonb not null
);

create index notifications_of_recipient
  on notifications (recipient_id, notified_at desc, notification_id desc);

grant select, insert, update on notifications to ${app_role};
