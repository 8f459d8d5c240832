package marketplace.seller;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import marketplace.edge.QueriedMeter;

/// What an operator wants to know of the requests.
final class SellerFigures {

  /// So many are enough to know that something is wrong, and few enough to be counted all the time.
  private static final int COUNTED_MAX = 100_000;

  @Produces
  @Singleton
  QueriedMeter openRequests() {
    return new QueriedMeter(
        "marketplace.requests.open",
        "requests to cancel that wait for an answer, %d at most".formatted(COUNTED_MAX),
        "state",
        """
        select states.state, count(open.state)
        from (values ('PENDING'), ('OFFERED')) as states (state)
        left join (
          select state from cancellation_tasks where state <> 'CLOSED' limit %d) as open
        on open.state = states.state
        group by states.state
        """
            .formatted(COUNTED_MAX));
  }
}
