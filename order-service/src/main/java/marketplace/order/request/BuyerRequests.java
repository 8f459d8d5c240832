package marketplace.order.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.BuyerId;
import marketplace.order.domain.buyer.BuyerCommand;
import marketplace.order.domain.buyer.BuyerCommand.EraseData;
import marketplace.order.domain.buyer.BuyerData;
import marketplace.order.domain.buyer.BuyerEvent;
import marketplace.order.view.DeliveryAddress;

/// What may be asked about a buyer himself (domain, section 6.5).
public final class BuyerRequests {
  public static final String CATEGORY = "buyer";

  private final AddressBook addresses;

  public BuyerRequests(AddressBook addresses) {
    this.addresses = addresses;
  }

  public record Erased(BuyerId buyerId, Instant erasedAt) {}

  /// The addresses are emptied in the transaction that remembers why.
  public Prepared erase(Call call, BuyerId buyerId, JsonNode json) {
    var caller = call.caller();
    var isHimself = caller.is("BUYER") && caller.id().equals(buyerId.value());
    if (!isHimself && !caller.is("PLATFORM")) {
      throw new ProblemException(
          Problem.of(403, "FORBIDDEN", "only the buyer himself or the platform may do this", null));
    }
    Body.readOrEmpty(json, OrderBodies.Nothing.class);
    var known = addresses.of(buyerId);
    return new CommandRequest<BuyerCommand, BuyerData, BuyerEvent, Void>(
        new StreamId(CATEGORY, buyerId.value()),
        new EraseData(),
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        outcome ->
            switch (outcome) {
              case Outcome.Done<BuyerData, BuyerEvent, Void> done ->
                  Answer.of(
                      200, new Erased(buyerId, Objects.requireNonNull(done.state().erasedAt())));
              case Outcome.Refused<BuyerData, BuyerEvent, Void> refused ->
                  throw new IllegalStateException("nobody is refused this: " + refused);
              case Outcome.VersionMismatch<BuyerData, BuyerEvent, Void> other ->
                  Problem.of(
                          412,
                          "VERSION_MISMATCH",
                          "the buyer's data are at version " + other.version(),
                          other.at())
                      .toAnswer();
            },
        outcome ->
            outcome instanceof Outcome.Done
                ? known.stream().map(DeliveryAddress::erased).map(DeliveryAddress::row).toList()
                : List.of());
  }
}
