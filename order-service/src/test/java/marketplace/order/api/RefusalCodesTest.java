package marketplace.order.api;

import marketplace.testkit.Refusals;
import org.junit.jupiter.api.Test;

/// Every code of docs/domain/http.md, section 2, is met by a caller in some test.
class RefusalCodesTest {
  @Test
  void every_reason_to_refuse_has_been_provoked_over_http() {
    Refusals.assertAllWereProvoked(
        "UNKNOWN_PRODUCT",
        "MIXED_SELLERS",
        "UNKNOWN_POLICY",
        "COUPON_NOT_USABLE",
        "SELLER_NOT_ACCEPTING",
        "ALREADY_SHIPPED",
        "ORDER_CANCELLED",
        "REQUEST_PENDING",
        "TOO_MANY_REQUESTS_FOR_ORDER",
        "UNITS_NOT_OPEN",
        "CASE_OPEN",
        "WHOLE_ORDER_ONLY",
        "COMMENT_REQUIRED",
        "UNKNOWN_REASON",
        "REQUEST_CLOSED",
        "OFFER_CLOSED",
        "NOT_SHIPPED",
        "ALREADY_CONFIRMED",
        "REVIEW_NOT_POSSIBLE",
        "ORDER_IS_FIXED",
        "IDEMPOTENCY_KEY_IN_USE",
        "CONFLICT_RETRY",
        "NOT_READY");
  }
}
