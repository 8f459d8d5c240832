package marketplace.kernel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The policy sets a service knows: the presets, and those that came over the control topic. A set
/// never changes and is never removed, so an answer that was once there stays.
public final class Policies {
  public static final String DEFAULT_ID = "STANDARD_72H";

  public static final PolicySet STANDARD_72H =
      new PolicySet(
          DEFAULT_ID,
          Duration.ofDays(20),
          Duration.ofDays(7),
          Duration.ofHours(72),
          SilenceOutcome.APPROVE,
          List.of(Duration.ofHours(24), Duration.ofHours(48)),
          Duration.ZERO,
          3,
          1,
          Duration.ofHours(72),
          Duration.ofDays(30),
          Duration.ofDays(90),
          Duration.ofDays(15),
          Duration.ofDays(5),
          Duration.ofDays(7),
          Duration.ofDays(3),
          Duration.ofDays(7),
          true,
          true,
          2,
          Duration.ofDays(5),
          true,
          Duration.ofDays(10),
          Duration.ofDays(10),
          3,
          Duration.ofHours(24),
          RefundSettlement.TYPICAL,
          Duration.ofDays(60),
          10);
  public static final PolicySet FAST_48H =
      withReply("FAST_48H", Duration.ofHours(48), SilenceOutcome.APPROVE, Duration.ZERO);
  public static final PolicySet STRICT_24H =
      withReply("STRICT_24H", Duration.ofHours(24), SilenceOutcome.APPROVE, Duration.ofHours(1));
  public static final PolicySet DECLINE_3D =
      withReply("DECLINE_3D", Duration.ofHours(72), SilenceOutcome.DECLINE, Duration.ZERO);
  public static final PolicySet AUTO_BEFORE_PROCESSING =
      withReply(
          "AUTO_BEFORE_PROCESSING",
          Duration.ofHours(72),
          SilenceOutcome.APPROVE,
          Duration.ofDays(7));
  public static final List<PolicySet> PRESETS =
      List.of(STANDARD_72H, FAST_48H, STRICT_24H, DECLINE_3D, AUTO_BEFORE_PROCESSING);

  private final Map<String, PolicySet> sets = new ConcurrentHashMap<>();

  public Policies() {
    PRESETS.forEach(set -> sets.put(set.policyId(), set));
  }

  public Optional<PolicySet> find(String policyId) {
    return Optional.ofNullable(sets.get(policyId));
  }

  /// Learns a set; the first one known under an id stays.
  public void learn(PolicySet set) {
    sets.putIfAbsent(set.policyId(), set);
  }

  public Collection<PolicySet> all() {
    return List.copyOf(sets.values());
  }

  private static PolicySet withReply(
      String policyId, Duration replyWithin, SilenceOutcome onSilence, Duration autoApprove) {
    var standard = STANDARD_72H;
    return new PolicySet(
        policyId,
        standard.payWithin(),
        standard.shipWithin(),
        replyWithin,
        onSilence,
        standard.sellerReminders(),
        autoApprove,
        standard.maxRequestsPerOrder(),
        standard.maxOffersPerRequest(),
        standard.offerAnswerWithin(),
        standard.deliverWithin(),
        standard.afterSaleOuter(),
        standard.afterSaleAfterDelivery(),
        standard.disputeSellerReplyWithin(),
        standard.disputeNegotiateFor(),
        standard.disputeEscalateFrom(),
        standard.disputeRuleWithin(),
        standard.disputeNeedsContact(),
        standard.disputeAfterDecline(),
        standard.maxDisputesPerOrder(),
        standard.returnReviewWithin(),
        standard.autoApproveFreeReturns(),
        standard.returnShipWithin(),
        standard.returnConfirmWithin(),
        standard.refundMaxAttempts(),
        standard.refundRetryEvery(),
        standard.refundSettlement(),
        standard.voucherValidFor(),
        standard.messagesPerDay());
  }
}
