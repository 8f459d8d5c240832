package marketplace.order.domain.buyer;

import java.time.Instant;
import java.util.Optional;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.order.domain.buyer.BuyerCommand.EraseData;
import marketplace.order.domain.buyer.BuyerEvent.DataErased;

/// Whoever asks to be forgotten is, as often as he asks: he may have ordered again meanwhile.
public final class BuyerDecider implements Decider<BuyerCommand, BuyerData, BuyerEvent, Void> {

  @Override
  public BuyerData initialState() {
    return BuyerData.KEPT;
  }

  @Override
  public Decision<BuyerEvent, Void> decide(BuyerCommand command, BuyerData buyer, Instant at) {
    return switch (command) {
      case EraseData() -> Decision.accept(new DataErased(at));
    };
  }

  @Override
  public BuyerData evolve(BuyerData buyer, BuyerEvent event) {
    return switch (event) {
      case DataErased(var erasedAt) -> new BuyerData(erasedAt);
    };
  }

  @Override
  public Optional<Deadline<BuyerCommand>> nextDeadline(BuyerData buyer) {
    return Optional.empty();
  }
}
