package marketplace.dispute.messaging;

import java.util.Optional;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.MessageFamily;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Publications;
import marketplace.eventsourcing.StoredEvent;

/// Which stored events the world is told of, and in which words.
public final class AfterSalePublications implements Publications<AfterSaleEvent> {

  @Override
  public Optional<Message> messageFor(StoredEvent<? extends AfterSaleEvent> stored) {
    return switch (stored.event()) {
      case AfterSaleClosed closed -> Optional.of(message(closed));
      case Noted _, WindowOverran _ -> Optional.empty();
    };
  }

  private static Message message(AfterSaleClosed closed) {
    var message =
        new DisputeMessage.AfterSaleClosed(
            closed.orderId(), why(closed.why()), closed.closedAt(), closed.afterOrderVersion());
    var type = "AfterSaleClosed";
    return new Message(
        MessageFamily.DISPUTE.topic(),
        message.key().toString(),
        type,
        MessageFamily.dataSchema(type),
        MessageFamily.DISPUTE.write(message));
  }

  private static DisputeMessage.WhyClosed why(Why why) {
    return switch (why) {
      case WINDOW_ENDED -> DisputeMessage.WhyClosed.WINDOW_ENDED;
      case FULLY_REFUNDED -> DisputeMessage.WhyClosed.FULLY_REFUNDED;
    };
  }
}
