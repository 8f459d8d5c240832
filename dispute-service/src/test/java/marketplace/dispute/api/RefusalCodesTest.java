package marketplace.dispute.api;

import marketplace.testkit.Refusals;
import org.junit.jupiter.api.Test;

/// Every code of docs/domain/http.md, section 5, is met by a caller in some test.
class RefusalCodesTest {
  @Test
  void every_reason_to_refuse_has_been_provoked_over_http() {
    Refusals.assertAllWereProvoked(
        "WINDOW_CLOSED",
        "CASE_OPEN",
        "TOO_MANY_DISPUTES",
        "CONTACT_SELLER_FIRST",
        "TOO_EARLY",
        "UNITS_NOT_DELIVERED",
        "NO_DECLINED_REQUEST",
        "CLAIM_TOO_HIGH",
        "EVIDENCE_REQUIRED",
        "CASE_CLOSED",
        "EVIDENCE_LIMIT",
        "TOO_LARGE",
        "NOT_YOUR_TURN",
        "OFFER_CLOSED",
        "NOT_UNDER_REVIEW",
        "AWARD_OUT_OF_RANGE",
        "RETURN_NOT_AVAILABLE",
        "DEADLINE_PASSED");
  }
}
