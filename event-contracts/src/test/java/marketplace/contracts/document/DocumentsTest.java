package marketplace.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import marketplace.contracts.MessageFamily;
import org.junit.jupiter.api.Test;

class DocumentsTest {
  private final ProblemPages problems = ProblemPages.read();

  @Test
  void a_problem_is_explained_under_its_code() {
    assertThat(problems.find("ALREADY_SHIPPED"))
        .hasValueSatisfying(text -> assertThat(text).startsWith("409. The units are on their way"));
    assertThat(problems.find("IDEMPOTENCY_KEY_MISSING"))
        .hasValueSatisfying(text -> assertThat(text).contains("<code>Idempotency-Key</code>"));
    assertThat(problems.find("NOBODY_KNOWS")).isEmpty();
    assertThat(problems.index()).contains("href=\"/problems/already-shipped\"", "POLICY_EXISTS");
  }

  @Test
  void the_page_of_topics_tells_each_type_with_its_fields_and_nothing_from_elsewhere() {
    var document =
        AsyncApi.document(
            "a <service>",
            List.of(
                new AsyncApi.Application(
                    "a",
                    List.of(MessageFamily.ORDER.topic(), AsyncApi.REJECTED),
                    List.of(MessageFamily.REFUND.topic(), AsyncApi.CONTROL))));
    var page = AsyncApiPage.of(document);
    assertThat(page)
        .contains("Sends order.events.v1", "Receives refund.events.v1", "a &lt;service&gt;: topics")
        .contains("<code>units[].lineId</code></td><td>uuid")
        .contains("<code>comment</code> <i>optional</i></td><td>string or null")
        .doesNotContain("<service>", "src=", "http://", "https://");
    assertThat(MessageFamily.ORDER.types())
        .allSatisfy(type -> assertThat(page).contains("<summary>" + type + "</summary>"));
  }

  @Test
  void a_topic_that_nobody_has_is_refused() {
    var stranger = new AsyncApi.Application("a", List.of("nobody.events.v1"), List.of());
    assertThatThrownBy(() -> AsyncApi.document("a", List.of(stranger)))
        .hasMessageContaining("nobody.events.v1");
  }
}
