package marketplace.seller.view;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a seller has dealt with his orders of the last 90 days. Of fewer than `ORDERS_MIN` orders
/// nothing is told; a share of nothing at all is null.
///
/// @param figures null where nothing is told
public record ReliabilityView(Instant since, @Nullable Figures figures) {
  public static final int DAYS = 90;
  public static final int ORDERS_MIN = 10;

  /// Percentages are whole numbers, rounded.
  ///
  /// @param orders that became ready to ship
  /// @param approvedPercent of the requests that have ended, as the next two
  /// @param medianReplySeconds of the seller's own answers, as the next one
  /// @param medianMessageReplySeconds from the first of the buyer's messages that wait to the
  ///   answer
  /// @param shippedOnTimePercent of the orders that had to be shipped by now
  /// @param disputesLostPercent of the orders
  /// @param averageStars with one decimal; null where nobody has reviewed
  public record Figures(
      long orders,
      @Nullable Long approvedPercent,
      @Nullable Long timedOutPercent,
      @Nullable Long answeredByShippingPercent,
      @Nullable Long medianReplySeconds,
      @Nullable Long replySeconds95thPercentile,
      @Nullable Long medianMessageReplySeconds,
      @Nullable Long shippedOnTimePercent,
      @Nullable Long disputesLostPercent,
      @Nullable BigDecimal averageStars) {}

  /// Null where there is nothing to have a share of.
  public static @Nullable Long percent(long part, long whole) {
    return whole == 0 ? null : (200 * part + whole) / (2 * whole);
  }
}
