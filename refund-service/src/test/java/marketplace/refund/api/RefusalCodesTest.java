package marketplace.refund.api;

import marketplace.testkit.Refusals;
import org.junit.jupiter.api.Test;

/// Every code of docs/domain/http.md, section 4, is met by a caller in some test.
class RefusalCodesTest {
  @Test
  void every_reason_to_refuse_has_been_provoked_over_http() {
    Refusals.assertAllWereProvoked(
        "ORDER_CANCELLED",
        "ORDER_UNKNOWN",
        "ALREADY_PAID",
        "AMOUNT_MISMATCH",
        "METHOD_NOT_ALLOWED",
        "PAYMENT_FINAL",
        "CASE_OPEN",
        "NOT_SHIPPED",
        "REFUND_EXCEEDS_BALANCE",
        "WINDOW_CLOSED",
        "TOO_EARLY",
        "INQUIRY_OPEN",
        "REFUND_SETTLED",
        "INQUIRY_CLOSED",
        // The edge's own, and provoked here for all services.
        "URL_NOT_ALLOWED",
        "TOO_MANY_WEBHOOKS",
        "NOT_PARKED");
  }
}
