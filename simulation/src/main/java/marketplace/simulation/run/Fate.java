package marketplace.simulation.run;

import java.time.Duration;

/// What would happen to one order, whatever the others do: all that chance decides about it, drawn
/// before it begins. Under another policy it has the same fate, and only the rules differ.
///
/// @param order its number in the run, from 0
/// @param arrivesAfter the start
/// @param product one of its seller's, from 0
/// @param coupon what is taken off, in minor units; 0 for none
/// @param firstPaymentFails at the provider; the buyer tries again
/// @param refundFails at its first attempt
record Fate(
    int order,
    int buyer,
    int seller,
    Duration arrivesAfter,
    int product,
    int quantity,
    long shippingFeeMinor,
    long coupon,
    String method,
    boolean pays,
    Duration paysAfter,
    boolean firstPaymentFails,
    Mind mind,
    Reply reply,
    Duration repliesAfter,
    Duration shipsAfter,
    Duration transit,
    boolean lost,
    boolean confirms,
    boolean refundFails,
    Quarrel quarrel) {

  /// Whether the buyer changes it.
  ///
  /// @param answersAfter for withdrawals and answers to offers
  record Mind(
      boolean asks,
      Duration asksAfter,
      String reason,
      boolean withdraws,
      boolean acceptsOffer,
      Duration answersAfter) {}

  /// What the seller does with a request.
  enum Reply {
    APPROVES,
    DECLINES,
    OFFERS,
    SHIPS,
    IS_SILENT
  }

  /// How a dispute goes, if there is one.
  ///
  /// @param rulesAfter as a part of the time that the platform has
  record Quarrel(
      boolean disputesDecline,
      boolean claimsLoss,
      Duration opensAfter,
      SellerStance stance,
      Duration stanceAfter,
      boolean upheld,
      double rulesAfter) {}

  enum SellerStance {
    CONCEDES,
    CONTESTS,
    IS_SILENT
  }
}
