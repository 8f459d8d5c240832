package marketplace.seller.view;

import java.util.List;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.Request;
import marketplace.seller.domain.fulfilment.Request.Offered;
import org.jspecify.annotations.Nullable;

/// What the seller may do with an order now, or the code of what is in the way.
///
/// @param whyNot null where it is allowed
public record SellerAction(String name, boolean allowed, @Nullable String whyNot) {

  public static List<SellerAction> of(Opened o) {
    var nothingOpen = o.counts().open().isEmpty() ? "UNITS_NOT_OPEN" : null;
    var request = o.openRequest().orElse(null);
    var noRequest = request == null ? "NO_REQUEST" : null;
    var alreadyProcessing = o.processing() ? "ALREADY_PROCESSING" : null;
    return List.of(
        action("START_PROCESSING", nothingOpen == null ? alreadyProcessing : nothingOpen),
        action("SHIP", nothingOpen),
        action("CANCEL", nothingOpen),
        action("APPROVE", noRequest),
        action("DECLINE", noRequest),
        action("OFFER_PARTIAL_REFUND", whyNoOffer(o, request)),
        action("AGREE_TO_RETURN", o.counts().shipped().isEmpty() ? "NOT_SHIPPED" : null));
  }

  /// The names of those that are allowed.
  public static List<String> allowed(Opened o) {
    return of(o).stream().filter(SellerAction::allowed).map(SellerAction::name).toList();
  }

  private static @Nullable String whyNoOffer(Opened o, @Nullable Request request) {
    if (request == null) return "NO_REQUEST";
    if (!o.opening().moneyCaptured()) return "NOTHING_CAPTURED";
    if (request.stage() instanceof Offered
        || request.answeredOffers().size() >= o.terms().maxOffersPerRequest()) {
      return "OFFER_LIMIT";
    }
    return request.asked().refundIfApprovedMinor() < 2 ? "OFFER_OUT_OF_RANGE" : null;
  }

  private static SellerAction action(String name, @Nullable String whyNot) {
    return new SellerAction(name, whyNot == null, whyNot);
  }
}
