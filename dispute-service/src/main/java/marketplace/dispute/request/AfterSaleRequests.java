package marketplace.dispute.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import marketplace.dispute.domain.AfterSale;
import marketplace.dispute.domain.AfterSale.NotOpened;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.process.AfterSaleReactions;
import marketplace.dispute.view.AfterSaleView;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.kernel.OrderId;

/// What may be asked about an after-sale window.
public final class AfterSaleRequests {
  private final Aggregate<?, AfterSale, AfterSaleEvent, ?> aggregate;

  public AfterSaleRequests(Aggregate<?, AfterSale, AfterSaleEvent, ?> aggregate) {
    this.aggregate = aggregate;
  }

  public Prepared getAfterSale(Call call, Map<String, String> parameters, JsonNode body) {
    return new Query<>(
        AfterSaleReactions.streamOf(orderId(parameters)),
        aggregate,
        snapshot ->
            visibleTo(call.caller(), snapshot.state())
                .map(state -> view(state, snapshot))
                .orElseGet(() -> notFound(snapshot)));
  }

  private static Answer view(Opened state, Query.Snapshot<AfterSale, AfterSaleEvent> snapshot) {
    var history = snapshot.history();
    var view = AfterSaleView.of(state, history.version(), history.publishedVersion());
    return new Answer(200, Map.of("ETag", "\"" + history.version() + "\""), view);
  }

  /// A stranger learns nothing, not even that the order exists.
  private static Optional<Opened> visibleTo(Caller caller, AfterSale state) {
    return switch (state) {
      case NotOpened() -> Optional.empty();
      case Opened opened -> {
        var file = opened.file();
        var visible =
            switch (caller.role()) {
              case "PLATFORM" -> true;
              case "BUYER" -> caller.id().equals(file.buyerId().value());
              case "SELLER" -> caller.id().equals(file.sellerId().value());
              default -> false;
            };
        yield visible ? Optional.of(opened) : Optional.empty();
      }
    };
  }

  private static Answer notFound(Query.Snapshot<AfterSale, AfterSaleEvent> snapshot) {
    return Problem.of(404, "NOT_FOUND", "there is no such order", snapshot.now()).toAnswer();
  }

  private static OrderId orderId(Map<String, String> parameters) {
    var text = parameters.getOrDefault("orderId", "");
    try {
      return OrderId.of(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(400, "MALFORMED", "orderId must be a UUID, was " + text, null));
    }
  }
}
