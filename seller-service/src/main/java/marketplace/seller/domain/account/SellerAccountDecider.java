package marketplace.seller.domain.account;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.Optional;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.seller.domain.account.SellerAccount.Registered;
import marketplace.seller.domain.account.SellerAccount.Unregistered;
import marketplace.seller.domain.account.SellerAccountCommand.RegisterSeller;
import marketplace.seller.domain.account.SellerAccountEvent.SellerRegistered;
import marketplace.seller.domain.account.SellerAccountRejection.AlreadyRegistered;

/// A seller registers once.
public final class SellerAccountDecider
    implements Decider<
        SellerAccountCommand, SellerAccount, SellerAccountEvent, SellerAccountRejection> {

  @Override
  public SellerAccount initialState() {
    return new Unregistered();
  }

  @Override
  public Decision<SellerAccountEvent, SellerAccountRejection> decide(
      SellerAccountCommand command, SellerAccount state, Instant at) {
    return switch (command) {
      case RegisterSeller c ->
          switch (state) {
            case Unregistered _ ->
                accept(new SellerRegistered(c.sellerId(), c.name(), c.country(), c.type(), at));
            case Registered _ -> reject(new AlreadyRegistered());
          };
    };
  }

  @Override
  public SellerAccount evolve(SellerAccount state, SellerAccountEvent event) {
    return switch (event) {
      case SellerRegistered e ->
          new Registered(e.sellerId(), e.name(), e.country(), e.type(), e.registeredAt());
    };
  }

  @Override
  public Optional<Deadline<SellerAccountCommand>> nextDeadline(SellerAccount state) {
    return Optional.empty();
  }
}
