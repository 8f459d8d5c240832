package marketplace.refund.domain;

import java.time.Duration;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundSettlement;
import marketplace.kernel.SellerId;

/// What was agreed when the order was placed, as far as its money is concerned. The last four come
/// from the order's policy set and never change with it.
///
/// @param method how the buyer meant to pay; refunds follow the method that he has paid with
public record Terms(
    OrderId orderId,
    BuyerId buyerId,
    SellerId sellerId,
    String currency,
    long totalMinor,
    PaymentMethod method,
    int refundMaxAttempts,
    Duration refundRetryEvery,
    RefundSettlement refundSettlement,
    Duration voucherValidFor) {

  public boolean cashOnDelivery() {
    return !method.prepaid();
  }
}
