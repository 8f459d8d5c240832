package marketplace.eventsourcing.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultRulesTest {
  private final FaultRules faults = new FaultRules(Set.of("BANK_REFUSES"));

  @Test
  void leave_everything_alone_at_first() {
    assertThat(faults.holdsDeadlines()).isFalse();
    assertThat(faults.holdsConsuming("a")).isFalse();
    assertThat(faults.consumeDelay("a")).isZero();
    assertThat(faults.consumeTwiceEvery("a")).isZero();
    assertThat(faults.take("BANK_REFUSES", Map.of())).isEmpty();
  }

  @Test
  void are_about_one_topic() {
    replace(
        """
        {"rules": [{"kind": "CONSUME_DELAY", "topic": "a", "millis": 250},
          {"kind": "CONSUME_TWICE", "topic": "b", "every": 3},
          {"kind": "HOLD_CONSUMING", "topic": "c"}]}
        """);
    assertThat(faults.consumeDelay("a")).isEqualTo(Duration.ofMillis(250));
    assertThat(faults.consumeDelay("b")).isZero();
    assertThat(faults.consumeTwiceEvery("b")).isEqualTo(3);
    assertThat(faults.consumeTwiceEvery("c")).isZero();
    assertThat(faults.holdsConsuming("c")).isTrue();
    assertThat(faults.holdsConsuming("a")).isFalse();
  }

  @Test
  void count_down_where_they_are_about_what_happens() {
    replace(
        """
        {"rules": [{"kind": "BANK_REFUSES", "code": "EXPIRED", "orderId": "x", "times": 2}]}
        """);
    assertThat(faults.take("BANK_REFUSES", Map.of("orderId", "y"))).isEmpty();
    for (var time = 1; time <= 2; time++) {
      assertThat(faults.take("BANK_REFUSES", Map.of("orderId", "x")))
          .contains(
              new FaultRule(
                  "BANK_REFUSES", Map.of("code", "EXPIRED", "orderId", "x", "times", "2")));
    }
    assertThat(faults.take("BANK_REFUSES", Map.of("orderId", "x"))).isEmpty();
    assertThat(faults.rules("BANK_REFUSES")).isEmpty();
  }

  @Test
  void are_about_all_that_they_do_not_name_and_for_ever_without_times() {
    replace("{\"rules\": [{\"kind\": \"BANK_REFUSES\"}]}");
    for (var time = 1; time <= 5; time++) {
      assertThat(faults.take("BANK_REFUSES", Map.of("orderId", "y"))).isPresent();
    }
  }

  @Test
  void of_one_setter_are_replaced_and_of_others_stay() {
    faults.replace("topic", json("{\"rules\": [{\"kind\": \"HOLD_DEADLINES\"}]}"));
    faults.replace("caller", json("{\"rules\": []}"));
    assertThat(faults.holdsDeadlines()).isTrue();
    faults.replace("topic", json("{\"rules\": []}"));
    assertThat(faults.holdsDeadlines()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                   | rules must be a list
          {"rules": [{"kind": "BANK_REFUSED"}]}                | kind of a rule is not known here
          {"rules": [7]}                                       | kind of a rule is not known here
          {"rules": [{"kind": "HOLD_CONSUMING"}]}              | topic of HOLD_CONSUMING is missing
          {"rules": [{"kind": "CONSUME_DELAY", "topic": "a"}]} | millis of CONSUME_DELAY must be a whole number
          {"rules": [{"kind": "CONSUME_TWICE", "topic": "a", "every": 0}]} | every of CONSUME_TWICE must be
          {"rules": [{"kind": "BANK_REFUSES", "times": "two"}]} | times of BANK_REFUSES must be a whole number
          {"rules": [{"kind": "BANK_REFUSES", "code": {}}]}    | code of BANK_REFUSES must be text or a number
          """)
  void that_cannot_be_understood_change_nothing(String body, String why) {
    replace("{\"rules\": [{\"kind\": \"HOLD_DEADLINES\"}]}");
    assertThatThrownBy(() -> replace(body))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
    assertThat(faults.holdsDeadlines()).isTrue();
  }

  @Test
  void have_a_maximum_number() {
    var rule = "{\"kind\": \"HOLD_DEADLINES\"}";
    replace("{\"rules\": [" + (rule + ",").repeat(FaultRules.RULES_MAX - 1) + rule + "]}");
    assertThatThrownBy(() ->
            replace("{\"rules\": [" + (rule + ",").repeat(FaultRules.RULES_MAX) + rule + "]}"))
        .hasMessage("rules must be at most 100, were 101");
  }

  private void replace(String body) {
    faults.replace("test", json(body));
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
