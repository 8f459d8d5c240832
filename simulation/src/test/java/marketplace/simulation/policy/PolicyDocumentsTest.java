package marketplace.simulation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.StreamSupport;
import marketplace.contracts.ContractJson;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.kernel.SilenceOutcome;
import marketplace.simulation.document.DocumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentsTest {
  @Test
  void what_a_file_leaves_out_is_as_in_the_standard() {
    var policy = read("policyId: GENEROUS_5D; sellerReplyWithin: PT120H; onSellerSilence: DECLINE");

    assertThat(policy.policyId()).isEqualTo("GENEROUS_5D");
    assertThat(policy.sellerReplyWithin()).isEqualTo(Duration.ofHours(120));
    assertThat(policy.onSellerSilence()).isEqualTo(SilenceOutcome.DECLINE);
    assertThat(policy.payWithin()).isEqualTo(Policies.STANDARD_72H.payWithin());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policyId: generous                      | 1: /policyId: must be such as GENEROUS_5D",
        "payWithin: PT1H                         | 1: /policyId: is missing",
        "policyId: ODD; sellerReplysWithin: PT1H | 2: /sellerReplysWithin: is not known here",
        "policyId: ODD; sellerReplyWithin: 7     | 2: /sellerReplyWithin: must be a duration such as",
        "policyId: ODD; sellerReplyWithin: soon  | 2: /sellerReplyWithin: must be a duration such as",
        "policyId: ODD; payWithin: PT            | 2: /payWithin: must be a duration such as",
        "policyId: ODD; payWithin: P1DT          | 2: /payWithin: must be a duration such as",
        "policyId: ODD; sellerReminders: [1]     | 2: /sellerReminders/0: must be a duration such",
        "policyId: ODD; onSellerSilence: MAYBE   | 2: /onSellerSilence: ",
        "policyId: ODD; maxOffersPerRequest: 0   | 2: /maxOffersPerRequest: ",
        "policyId: ODD; disputeNeedsContact: 1   | 2: /disputeNeedsContact: ",
        "policyId: ODD; payWithin: PT0S          | 1: payWithin must be positive",
        "policyId: ODD; payWithin: P4000D        | 1: payWithin must be at most 3650 days",
        "policyId: ODD; afterSaleOuter: P1D      | 1: afterSaleOuter must be longer than payWithin",
        "policyId: ODD; policyId: EVEN           | 2: policyId stands twice",
        "- ODD                                   | 1: ",
      })
  void what_is_no_policy_is_refused_with_its_line_and_the_rule(String text, String why) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("own.yaml:" + why);
  }

  @Test
  void the_schema_knows_every_term_and_how_it_is_in_the_standard() {
    var terms = PolicyDocuments.schema().get("properties");
    var standard = ContractJson.mapper().valueToTree(Policies.STANDARD_72H);

    for (var term : standard.properties()) {
      if (term.getKey().equals("policyId")) continue;
      var schema = terms.get(term.getKey());
      assertThat(schema).as(term.getKey()).isNotNull();
      assertThat(schema.get("description").asText()).as(term.getKey()).isNotEmpty();
      assertThat(duration(schema.get("default")))
          .as(term.getKey())
          .isEqualTo(duration(term.getValue()));
    }
    assertThat(terms).hasSameSizeAs(standard);
  }

  /// `P20D` and `PT480H` are the same.
  private static Object duration(JsonNode term) {
    if (term.isArray()) {
      return StreamSupport.stream(term.spliterator(), false)
          .map(PolicyDocumentsTest::duration)
          .toList();
    }
    return term.asText().startsWith("P") ? Duration.parse(term.asText()) : term;
  }

  private static PolicySet read(String text) {
    return PolicyDocuments.read("own.yaml", text.replace("; ", "\n"));
  }
}
