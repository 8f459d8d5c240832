package marketplace.refund.request;

import java.util.Optional;
import marketplace.kernel.InquiryId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.RefundId;

/// Which order's ledger a payment, refund or inquiry belongs to: live a row of a table, in memory
/// the same row without the table.
public interface Lookup {
  Optional<OrderId> orderOf(PaymentId paymentId);

  Optional<OrderId> orderOf(RefundId refundId);

  Optional<OrderId> orderOf(InquiryId inquiryId);
}
