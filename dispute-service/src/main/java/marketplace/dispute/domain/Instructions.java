package marketplace.dispute.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import marketplace.kernel.LabelId;
import marketplace.kernel.ReturnApproval;
import org.jspecify.annotations.Nullable;

/// What a buyer has to know to send something back: where to, with which label, and until when.
final class Instructions {
  private Instructions() {}

  static String text(
      ReturnApproval how, @Nullable LabelId labelId, @Nullable String more, Instant shipBackBy) {
    if (how == ReturnApproval.DELIVERY_REFUSED) {
      return "Nothing to do: the carrier takes the parcel back to the seller.";
    }
    var label =
        labelId == null
            ? "Choose a carrier yourself and keep the receipt."
            : "Put label " + labelId + " on the parcel; the seller pays for it.";
    var text =
        "Send the units to the seller's return address. %s They must be on their way before %s."
            .formatted(label, shipBackBy.truncatedTo(ChronoUnit.SECONDS));
    return more == null ? text : more + "\n" + text;
  }
}
