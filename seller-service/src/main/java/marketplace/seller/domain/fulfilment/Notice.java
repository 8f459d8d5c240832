package marketplace.seller.domain.fulfilment;

import java.util.UUID;
import marketplace.eventsourcing.Ids;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.NotificationId;

/// That the seller shall be told of something.
///
/// @param about what it is about by its own id: the request, the settlement, the case. The same
///   thing told again under another event's id is the same notice
public record Notice(SellerTemplate template, UUID about, NoticeDetails details) {

  public NotificationId id() {
    return new NotificationId(Ids.nameBased("notification", "SELLER/" + template + "/" + about));
  }
}
