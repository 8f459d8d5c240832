package marketplace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import marketplace.contracts.ContractJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoliciesTest {

  @Test
  void the_presets_break_no_rule() {
    assertThat(Policies.PRESETS).allSatisfy(set -> assertThat(set.brokenRules()).isEmpty());
  }

  @Test
  void reminders_that_come_too_late_are_dropped() {
    assertThat(Policies.STANDARD_72H.remindersInTime())
        .containsExactly(Duration.ofHours(24), Duration.ofHours(48));
    assertThat(Policies.FAST_48H.remindersInTime()).containsExactly(Duration.ofHours(24));
    assertThat(Policies.STRICT_24H.remindersInTime()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "afterSaleOuter, P27D, longer than payWithin + shipWithin",
    "payWithin, PT0S, payWithin must be positive",
    "returnConfirmWithin, PT-1S, returnConfirmWithin must be positive",
    "autoApproveWithin, PT-1S, autoApproveWithin must not be negative",
    "autoApproveWithin, P3651D, autoApproveWithin must be at most 3650 days",
    "voucherValidFor, P3650DT1S, voucherValidFor must be at most 3650 days",
    "maxRequestsPerOrder, 0, maxRequestsPerOrder must be >= 1",
  })
  void a_broken_rule_is_named(String field, String value, String sentence) throws Exception {
    var json = (ObjectNode) ContractJson.mapper().valueToTree(Policies.STANDARD_72H);
    if (json.get(field).isInt()) {
      json.put(field, Integer.parseInt(value));
    } else {
      json.put(field, value);
    }
    var set = ContractJson.mapper().treeToValue(json, PolicySet.class);

    assertThat(set.brokenRules()).singleElement().asString().contains(sentence);
  }

  @Test
  void the_first_set_known_under_an_id_stays() {
    var policies = new Policies();
    policies.learn(Policies.FAST_48H);

    assertThat(policies.find("FAST_48H")).contains(Policies.FAST_48H);
    assertThat(policies.find("NO_SUCH")).isEmpty();
  }
}
