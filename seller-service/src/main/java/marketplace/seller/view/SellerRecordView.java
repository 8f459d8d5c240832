package marketplace.seller.view;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerStanding;
import marketplace.seller.domain.account.SellerAccount.Registered;
import marketplace.seller.domain.account.SellerRecord;
import org.jspecify.annotations.Nullable;

/// What stands in a seller's record, for him and the platform.
///
/// @param points of all entries that count
/// @param restrictedUntil null where new orders are not refused for a time
/// @param entries newest first, at most `ENTRIES_MAX`
public record SellerRecordView(
    SellerId sellerId,
    SellerStanding standing,
    Instant standingSince,
    @Nullable Instant restrictedUntil,
    int points,
    List<Entry> entries) {
  public static final int ENTRIES_MAX = 200;

  /// @param causeId the request, settlement or dispute it was for, or the event itself
  /// @param counts false once its points have lapsed
  public record Entry(
      PenaltyCode code,
      int points,
      OrderId orderId,
      UUID causeId,
      Instant at,
      Instant lapsesAt,
      boolean counts) {}

  public static SellerRecordView of(Registered seller) {
    var record = seller.record();
    return new SellerRecordView(
        seller.sellerId(),
        record.standing(),
        record.since(),
        record.standing() == SellerStanding.RESTRICTED && !record.restrictionOver()
            ? record.since().plus(SellerStanding.RESTRICTED_FOR)
            : null,
        record.points(),
        entries(record));
  }

  private static List<Entry> entries(SellerRecord record) {
    var counting = record.counting();
    return record.penalties().reversed().stream()
        .limit(ENTRIES_MAX)
        .map(penalty ->
            new Entry(
                penalty.code(),
                penalty.points(),
                penalty.orderId(),
                penalty.causeId(),
                penalty.at(),
                penalty.lapsesAt(),
                counting.contains(penalty)))
        .toList();
  }
}
