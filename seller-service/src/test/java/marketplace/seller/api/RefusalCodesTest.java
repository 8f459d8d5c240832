package marketplace.seller.api;

import marketplace.testkit.Refusals;
import org.junit.jupiter.api.Test;

/// Every code of docs/domain/http.md, section 3, is met by a caller in some test.
class RefusalCodesTest {
  @Test
  void every_reason_to_refuse_has_been_provoked_over_http() {
    Refusals.assertAllWereProvoked(
        "ALREADY_PROCESSING",
        "UNITS_NOT_OPEN",
        "TRACKING_NUMBER_USED",
        "ONE_PARCEL_ONLY",
        "NOT_SHIPPED",
        "NO_REQUEST",
        "COMMENT_REQUIRED",
        "DEADLINE_PASSED",
        "REQUEST_CLOSED",
        "OFFER_LIMIT",
        "NOTHING_CAPTURED",
        "OFFER_OUT_OF_RANGE",
        "TRACKING_ORDER");
  }
}
