-- Where money is, and how long buyers have been waiting for theirs, is told all the time: both ask for
-- the few orders whose money is on its way, and never for all that ever were.
create index ledgers_with_money on ledgers (currency) include (escrow_minor, reserved_minor)
  where escrow_minor <> 0 or reserved_minor <> 0;

create index refunds_on_their_way on refunds (stage, requested_at) where stage <> 'ARRIVED';
