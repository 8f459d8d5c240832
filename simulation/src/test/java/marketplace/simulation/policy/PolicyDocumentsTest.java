package marketplace.simulation.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import marketplace.kernel.Policies;
import marketplace.kernel.SilenceOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyDocumentsTest {
  @TempDir Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("policy.yaml"), text.replace("; ", "\n"));
  }

  @Test
  void what_a_file_leaves_out_is_as_in_the_standard() throws Exception {
    var policy =
        PolicyDocuments.read(
            file("policyId: GENEROUS_5D; sellerReplyWithin: PT120H; onSellerSilence: DECLINE"));

    assertThat(policy.policyId()).isEqualTo("GENEROUS_5D");
    assertThat(policy.sellerReplyWithin()).isEqualTo(Duration.ofHours(120));
    assertThat(policy.onSellerSilence()).isEqualTo(SilenceOutcome.DECLINE);
    assertThat(policy.payWithin()).isEqualTo(Policies.STANDARD_72H.payWithin());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policyId: generous                      | /policyId must be such as GENEROUS_5D",
        "sellerReplyWithin: PT1H                 | /policyId must be such as GENEROUS_5D",
        "policyId: ODD; sellerReplysWithin: PT1H | /sellerReplysWithin is no term",
        "policyId: ODD; sellerReplyWithin: 7     | /sellerReplyWithin must be of the kind of",
        "policyId: ODD; payWithin: PT0S          | payWithin must be positive",
        "policyId: ODD; afterSaleOuter: P1D      | afterSaleOuter must be longer than payWithin",
      })
  void what_is_no_policy_is_refused_with_the_rule(String text, String why) throws Exception {
    var file = file(text);

    assertThatThrownBy(() -> PolicyDocuments.read(file))
        .isInstanceOf(InvalidPolicyException.class)
        .hasMessageContaining(why);
  }
}
