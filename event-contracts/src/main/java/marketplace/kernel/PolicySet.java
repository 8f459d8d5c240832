package marketplace.kernel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The terms under which an order lives, pinned to it when it is placed (domain, section 5).
/// Immutable; equal ids mean equal terms.
public record PolicySet(
    String policyId,
    Duration payWithin,
    Duration shipWithin,
    Duration sellerReplyWithin,
    SilenceOutcome onSellerSilence,
    List<Duration> sellerReminders,
    Duration autoApproveWithin,
    int maxRequestsPerOrder,
    int maxOffersPerRequest,
    Duration offerAnswerWithin,
    Duration deliverWithin,
    Duration afterSaleOuter,
    Duration afterSaleAfterDelivery,
    Duration disputeSellerReplyWithin,
    Duration disputeNegotiateFor,
    Duration disputeEscalateFrom,
    Duration disputeRuleWithin,
    boolean disputeNeedsContact,
    boolean disputeAfterDecline,
    int maxDisputesPerOrder,
    Duration returnReviewWithin,
    boolean autoApproveFreeReturns,
    Duration returnShipWithin,
    Duration returnConfirmWithin,
    int refundMaxAttempts,
    Duration refundRetryEvery,
    RefundSettlement refundSettlement,
    Duration voucherValidFor,
    int messagesPerDay) {

  /// Ten years: no instant that follows from a term is beyond what can be stored.
  private static final Duration LONGEST = Duration.ofDays(3_650);

  public PolicySet {
    sellerReminders = List.copyOf(sellerReminders);
  }

  /// The rules that this set breaks, as sentences; empty where it may be used.
  public List<String> brokenRules() {
    List<String> broken = new ArrayList<>();
    requirePositive(broken, "payWithin", payWithin);
    requirePositive(broken, "shipWithin", shipWithin);
    requirePositive(broken, "sellerReplyWithin", sellerReplyWithin);
    requirePositive(broken, "offerAnswerWithin", offerAnswerWithin);
    requirePositive(broken, "deliverWithin", deliverWithin);
    requirePositive(broken, "afterSaleOuter", afterSaleOuter);
    requirePositive(broken, "afterSaleAfterDelivery", afterSaleAfterDelivery);
    requirePositive(broken, "disputeSellerReplyWithin", disputeSellerReplyWithin);
    requirePositive(broken, "disputeNegotiateFor", disputeNegotiateFor);
    requirePositive(broken, "disputeEscalateFrom", disputeEscalateFrom);
    requirePositive(broken, "disputeRuleWithin", disputeRuleWithin);
    requirePositive(broken, "returnReviewWithin", returnReviewWithin);
    requirePositive(broken, "returnShipWithin", returnShipWithin);
    requirePositive(broken, "returnConfirmWithin", returnConfirmWithin);
    requirePositive(broken, "refundRetryEvery", refundRetryEvery);
    requirePositive(broken, "voucherValidFor", voucherValidFor);
    requireAtLeastOne(broken, "maxRequestsPerOrder", maxRequestsPerOrder);
    requireAtLeastOne(broken, "maxOffersPerRequest", maxOffersPerRequest);
    requireAtLeastOne(broken, "maxDisputesPerOrder", maxDisputesPerOrder);
    requireAtLeastOne(broken, "refundMaxAttempts", refundMaxAttempts);
    requireAtLeastOne(broken, "messagesPerDay", messagesPerDay);
    sellerReminders.forEach(after -> requirePositive(broken, "sellerReminders", after));
    if (autoApproveWithin.isNegative()) {
      broken.add("autoApproveWithin must not be negative, was " + autoApproveWithin);
    }
    requireWithinLongest(broken, "autoApproveWithin", autoApproveWithin);
    if (afterSaleOuter.compareTo(payWithin.plus(shipWithin)) <= 0) {
      broken.add(
          "afterSaleOuter must be longer than payWithin + shipWithin, was "
              + afterSaleOuter
              + " against "
              + payWithin.plus(shipWithin));
    }
    return broken;
  }

  /// The reminders that come before the reply time ends, in order.
  public List<Duration> remindersInTime() {
    return sellerReminders.stream()
        .filter(after -> after.compareTo(sellerReplyWithin) < 0)
        .sorted()
        .toList();
  }

  private static void requirePositive(List<String> broken, String name, Duration value) {
    if (!value.isPositive()) broken.add(name + " must be positive, was " + value);
    requireWithinLongest(broken, name, value);
  }

  private static void requireWithinLongest(List<String> broken, String name, Duration value) {
    if (value.compareTo(LONGEST) > 0) {
      broken.add("%s must be at most %d days, was %s".formatted(name, LONGEST.toDays(), value));
    }
  }

  private static void requireAtLeastOne(List<String> broken, String name, int value) {
    if (value < 1) broken.add(name + " must be >= 1, was " + value);
  }
}
