package marketplace.seller.domain.account;

import java.time.Instant;
import java.util.List;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.NoticeDetails;
import marketplace.seller.domain.account.SellerAccountEvent.SellerPenalised;
import marketplace.seller.domain.account.SellerAccountEvent.SellerTold;
import marketplace.seller.domain.fulfilment.Notice;
import marketplace.seller.domain.fulfilment.SellerTemplate;

/// Whoever gets points is told (domain, section 12).
public final class AccountNotices {
  private AccountNotices() {}

  public static List<SellerTold> echo(
      SellerAccountCommand command,
      List<SellerAccountEvent> events,
      SellerAccount after,
      Instant at) {
    return events.stream()
        .filter(SellerPenalised.class::isInstance)
        .map(SellerPenalised.class::cast)
        .map(AccountNotices::told)
        .toList();
  }

  private static SellerTold told(SellerPenalised e) {
    var notice =
        new Notice(
            SellerTemplate.POINTS,
            Ids.nameBased("penalty", e.code() + "/" + e.causeId()),
            NoticeDetails.NONE
                .because(e.code())
                .until(e.at().plus(SellerRecord.POINTS_COUNT_FOR))
                .saying("%d for this, %d in all".formatted(e.points(), e.pointsTotal())));
    return new SellerTold(
        e.sellerId(),
        e.orderId(),
        notice.id(),
        notice.template(),
        notice.template().subject(e.orderId()),
        notice.details(),
        e.at());
  }
}
