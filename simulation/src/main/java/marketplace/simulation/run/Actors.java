package marketplace.simulation.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What people are like (domain, section 15.2). All shares are from 0 to 1, and all of them are
/// assumptions, to be varied.
public record Actors(
    Buyers buyers, Sellers sellers, Carrier carrier, Provider provider, Platform platform) {

  /// Times that people take, log-normal: half of them less than `median`, and four in five between
  /// `median / spread` and `median × spread`.
  public record Delay(Duration median, double spread) {}

  /// @param asksShare who ask for their paid order to be cancelled, of all
  /// @param asksAfter the payment
  /// @param unpaidShare who never pay
  /// @param reasons what they say, by weight
  /// @param methods how they pay, by weight
  /// @param withdrawsShare who take their request back, of those who ask
  /// @param acceptsOfferShare of those who are offered a part
  /// @param disputesShare after the seller has declined
  /// @param claimsLossShare who open a dispute when their parcel is lost
  /// @param confirmsShare who say that their parcel has come; the others are silent
  /// @param couponShare who use a coupon
  public record Buyers(
      double asksShare,
      Delay asksAfter,
      double unpaidShare,
      Delay paysAfter,
      Map<String, Integer> reasons,
      Map<String, Integer> methods,
      double withdrawsShare,
      double acceptsOfferShare,
      double disputesShare,
      double claimsLossShare,
      double confirmsShare,
      double couponShare) {
    public Buyers {
      reasons = Map.copyOf(reasons);
      methods = Map.copyOf(methods);
    }
  }

  /// What a seller does with a request: `silent`, `declines`, `ships` and `offers`, each a share of
  /// all; the others approve. A dispute he concedes, or lets pass, or contests.
  ///
  /// @param shipsAfter the order is ready
  public record Sellers(
      Delay repliesAfter,
      double silentShare,
      double declinesShare,
      double shipsShare,
      double offersShare,
      Delay shipsAfter,
      double concedesShare,
      double ignoresShare) {}

  /// @param transitFrom to `transitTo`, evenly
  public record Carrier(Duration transitFrom, Duration transitTo, double lossShare) {}

  /// @param failureShare of the first payments, and of refunds at their first attempt
  public record Provider(double failureShare) {}

  /// Who rules within the policy's `disputeRuleWithin`, always.
  ///
  /// @param upholdsShare of the disputes that come to a ruling
  public record Platform(double upholdsShare) {}

  /// The figures of domain, section 15.2; where it gives none, our own.
  public static final Actors USUAL =
      new Actors(
          new Buyers(
              0.01,
              new Delay(Duration.ofHours(12), 3),
              0.02,
              new Delay(Duration.ofMinutes(20), 4),
              Map.of(
                  "NO_LONGER_NEEDED", 40,
                  "FOUND_BETTER_OFFER", 20,
                  "ORDERED_WRONG_ITEM", 15,
                  "WRONG_ADDRESS", 10,
                  "SELLER_TOO_SLOW", 15),
              Map.of(
                  "CARD", 50,
                  "PAYPAL", 20,
                  "APPLE_PAY", 8,
                  "WALLET", 7,
                  "BANK_TRANSFER", 7,
                  "CASH", 3,
                  "CASH_ON_DELIVERY", 5),
              0.05,
              0.5,
              0.4,
              0.8,
              0.3,
              0.05),
          new Sellers(
              new Delay(Duration.ofHours(30), 2),
              0.10,
              0.15,
              0.10,
              0.05,
              new Delay(Duration.ofHours(36), 2),
              0.3,
              0.2),
          new Carrier(Duration.ofDays(8), Duration.ofDays(20), 0.005),
          new Provider(0.01),
          new Platform(0.5));

  /// What this breaks, as sentences; empty where it can be played.
  public List<String> brokenRules() {
    List<String> broken = new ArrayList<>();
    requireShare(broken, "buyers.asksShare", buyers.asksShare());
    requireDelay(broken, "buyers.asksAfter", buyers.asksAfter());
    requireShare(broken, "buyers.unpaidShare", buyers.unpaidShare());
    requireDelay(broken, "buyers.paysAfter", buyers.paysAfter());
    requireWeights(broken, "buyers.reasons", buyers.reasons());
    requireWeights(broken, "buyers.methods", buyers.methods());
    requireShare(broken, "buyers.withdrawsShare", buyers.withdrawsShare());
    requireShare(broken, "buyers.acceptsOfferShare", buyers.acceptsOfferShare());
    requireShare(broken, "buyers.disputesShare", buyers.disputesShare());
    requireShare(broken, "buyers.claimsLossShare", buyers.claimsLossShare());
    requireShare(broken, "buyers.confirmsShare", buyers.confirmsShare());
    requireShare(broken, "buyers.couponShare", buyers.couponShare());
    requireDelay(broken, "sellers.repliesAfter", sellers.repliesAfter());
    requireShare(broken, "sellers.silentShare", sellers.silentShare());
    requireShare(broken, "sellers.declinesShare", sellers.declinesShare());
    requireShare(broken, "sellers.shipsShare", sellers.shipsShare());
    requireShare(broken, "sellers.offersShare", sellers.offersShare());
    requireDelay(broken, "sellers.shipsAfter", sellers.shipsAfter());
    requireShare(broken, "sellers.concedesShare", sellers.concedesShare());
    requireShare(broken, "sellers.ignoresShare", sellers.ignoresShare());
    requireShare(broken, "carrier.lossShare", carrier.lossShare());
    requireShare(broken, "provider.failureShare", provider.failureShare());
    requireShare(broken, "platform.upholdsShare", platform.upholdsShare());
    var replies =
        sellers.silentShare()
            + sellers.declinesShare()
            + sellers.shipsShare()
            + sellers.offersShare();
    if (replies > 1) {
      broken.add(
          "silentShare, declinesShare, shipsShare and offersShare of sellers must add up to at most"
              + " 1, were "
              + replies);
    }
    if (carrier.transitFrom().isNegative()
        || carrier.transitFrom().compareTo(carrier.transitTo()) > 0) {
      broken.add("carrier.transitFrom must be from zero to transitTo");
    }
    return broken;
  }

  private static void requireShare(List<String> broken, String name, double share) {
    if (!(share >= 0 && share <= 1)) broken.add(name + " must be from 0 to 1, was " + share);
  }

  private static void requireDelay(List<String> broken, String name, Delay delay) {
    if (delay.median().isNegative() || !(delay.spread() >= 1)) {
      broken.add(name + " must have a median of zero or more and a spread of 1 or more");
    }
  }

  private static void requireWeights(
      List<String> broken, String name, Map<String, Integer> weights) {
    if (weights.values().stream().anyMatch(weight -> weight < 0)
        || weights.values().stream().mapToInt(weight -> weight).sum() <= 0) {
      broken.add(name + " must have weights of zero or more, and not all zero");
    }
  }
}
