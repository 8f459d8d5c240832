package marketplace.refund;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import marketplace.edge.QueriedMeter;

/// What an operator wants to know of the money.
final class RefundFigures {

  @Produces
  @Singleton
  QueriedMeter escrow() {
    return new QueriedMeter(
        "marketplace.escrow.minor",
        "money that is kept until it is refunded or paid out, in minor units",
        "currency",
        """
        select currency, sum(escrow_minor + reserved_minor) from ledgers
        where escrow_minor <> 0 or reserved_minor <> 0
        group by currency
        """);
  }

  @Produces
  @Singleton
  QueriedMeter oldestRefunds() {
    return new QueriedMeter(
        "marketplace.refund.oldest.seconds",
        "simulated time since the oldest refund of a stage was requested, 0 where there is none",
        "stage",
        """
        select stages.stage, coalesce(extract(epoch from ?::timestamptz - oldest.requested_at), 0)
        from (values ('REQUESTED'), ('RETRYING'), ('SENT')) as stages (stage)
        left join lateral (
          select requested_at from refunds
          where refunds.stage = stages.stage and refunds.stage <> 'ARRIVED'
          order by requested_at limit 1) as oldest on true
        """);
  }
}
