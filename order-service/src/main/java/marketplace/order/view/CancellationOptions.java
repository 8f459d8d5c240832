package marketplace.order.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.Fault;
import marketplace.kernel.LineId;
import marketplace.kernel.PolicySet;
import marketplace.kernel.SilenceOutcome;
import marketplace.order.domain.Order;
import marketplace.order.domain.OrderDecider;
import marketplace.order.domain.OrderStatus;
import org.jspecify.annotations.Nullable;

/// What the cancellation page offers.
///
/// @param whyNot the code of a refusal, null unless the mode is NONE
/// @param automaticUntil requests before it are granted at once; null where there is no such time
/// @param terms null while this instance has not read the policy set yet
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CancellationOptions(
    Mode mode,
    @Nullable String whyNot,
    List<Reason> reasons,
    List<OpenUnits> perLine,
    Duration replyWithin,
    SilenceOutcome onSellerSilence,
    int attemptsLeft,
    @Nullable Instant automaticUntil,
    @Nullable PolicySet terms) {

  public enum Mode {
    DIRECT,
    REQUEST,
    NONE
  }

  public record Reason(CancellationReason code, String text, Fault fault, boolean needsComment) {}

  public record OpenUnits(LineId lineId, int open) {}

  public static List<Reason> allReasons() {
    return Stream.of(CancellationReason.values())
        .map(reason -> new Reason(reason, reason.text(), reason.fault(), reason.needsComment()))
        .toList();
  }

  public static CancellationOptions of(Order.Placed order, @Nullable PolicySet terms, Instant now) {
    var whyNot = OrderDecider.obstacle(order).map(OrderCodes::of);
    var pinned = order.terms().terms();
    return new CancellationOptions(
        whyNot.isPresent() ? Mode.NONE : mode(order.status()),
        whyNot.orElse(null),
        allReasons(),
        order.terms().lines().stream()
            .map(line -> new OpenUnits(line.lineId(), order.goods().open().of(line.lineId())))
            .toList(),
        pinned.sellerReplyWithin(),
        pinned.onSellerSilence(),
        order.attemptsLeft(),
        automaticUntil(order, now),
        terms);
  }

  private static Mode mode(OrderStatus status) {
    return status == OrderStatus.AWAITING_PAYMENT ? Mode.DIRECT : Mode.REQUEST;
  }

  private static @Nullable Instant automaticUntil(Order.Placed order, Instant now) {
    return order.preparation() instanceof Order.Ready(_, var until, var processing)
            && !processing
            && now.isBefore(until)
        ? until
        : null;
  }
}
