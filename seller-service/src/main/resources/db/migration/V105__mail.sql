-- When a notification is next tried as a mail, in wall time: null once it is sent, or never will be.
-- What was told before this column was there is known from the view, and no mail is made of it now.
alter table notifications
  add column mail_due_at timestamptz,
  add column mail_attempts int not null default 0,
  add column sent_at timestamptz;

alter table notifications alter column mail_due_at set default now();

create index mail_due on notifications (mail_due_at) where mail_due_at is not null;
