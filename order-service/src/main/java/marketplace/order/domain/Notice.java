package marketplace.order.domain;

import java.util.UUID;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationId;

/// That the buyer shall be told of something.
///
/// @param about what it is about by its own id: the order, the request, the offer, the refund. The
///   same thing told again under another event's id is the same notice
public record Notice(BuyerTemplate template, UUID about, NoticeDetails details) {

  public NotificationId id() {
    return new NotificationId(Ids.nameBased("notification", "BUYER/" + template + "/" + about));
  }
}
