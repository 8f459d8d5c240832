package marketplace.seller.domain.fulfilment;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.NoticeDetails;
import marketplace.seller.domain.fulfilment.Fulfilment.Announced;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.Fulfilment.Unknown;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.RequestNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerNotified;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerReminded;

/// Which of the fulfilment's events the seller is told of, each at most once (domain, section 12).
/// What he is told of other services' facts comes with the command that brings them.
public final class FulfilmentNotices {
  private FulfilmentNotices() {}

  public static List<SellerNotified> echo(
      FulfilmentCommand command, List<FulfilmentEvent> events, Fulfilment after, Instant at) {
    return switch (after) {
      case Unknown _, Announced _ -> List.of();
      case Opened o ->
          Stream.concat(command.notices().stream(), events.stream().flatMap(event -> of(event, o)))
              .filter(notice -> !o.notified().contains(notice.id()))
              .map(notice -> told(notice, o.terms(), at))
              .toList();
    };
  }

  private static SellerNotified told(Notice notice, Terms terms, Instant at) {
    var details = notice.details();
    return new SellerNotified(
        terms.orderId(),
        notice.id(),
        terms.sellerId(),
        notice.template(),
        notice.template().subject(terms.orderId()),
        details.amountMinor() == null ? details : details.in(terms.currency()),
        at);
  }

  /// All other events are his own doing, or come back from order-service as what they have led to.
  private static Stream<Notice> of(FulfilmentEvent event, Opened o) {
    if (event instanceof RequestNoted e) {
      return Stream.of(
          new Notice(
              SellerTemplate.REQUEST_RECEIVED,
              e.cancellationId().value(),
              NoticeDetails.NONE
                  .amount(e.asked().refundIfApprovedMinor())
                  .because(e.asked().reason())
                  .until(e.asked().replyBy())));
    }
    if (event instanceof SellerReminded e) {
      return Stream.of(
          new Notice(
              SellerTemplate.REQUEST_REMINDER,
              Ids.nameBased("reminder", e.cancellationId() + "/" + e.after()),
              NoticeDetails.NONE.until(
                  o.request(e.cancellationId())
                      .map(request -> request.clock().replyBy())
                      .orElse(null))));
    }
    return Stream.of();
  }
}
