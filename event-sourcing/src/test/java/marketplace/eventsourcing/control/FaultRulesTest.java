package marketplace.eventsourcing.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultRulesTest {
  private static final String BANK_REFUSES = "BANK_REFUSES";
  private static final Map<String, String> OF_X = Map.of("account", "x");
  private static final Map<String, String> OF_Y = Map.of("account", "y");

  private final FaultRules faults =
      new FaultRules(
          Map.of(BANK_REFUSES, Set.of("code", "account", "rate", "seed", "every", "times")),
          rule -> {
            if (rule.text("code") == null) throw new IllegalArgumentException("the bank says why");
          });

  @Test
  void leave_everything_alone_at_first() {
    assertThat(faults.holdsDeadlines()).isFalse();
    assertThat(faults.holdsConsuming("a")).isFalse();
    assertThat(faults.slowsConsuming("a")).isFalse();
    assertThat(mishap("a", "1")).isEqualTo(Mishap.NONE);
    assertThat(faults.hit(BANK_REFUSES, OF_X, "1")).isEmpty();
    assertThat(faults.inForce()).isEmpty();
  }

  @Test
  void are_about_one_topic() {
    replace(
        """
        {"rules": [{"kind": "CONSUME_DELAY", "topic": "a", "millis": 250},
          {"kind": "CONSUME_TWICE", "topic": "b"},
          {"kind": "CONSUME_REORDER", "topic": "b", "millis": 10},
          {"kind": "CONSUME_LOSS", "topic": "c", "millis": 20},
          {"kind": "HOLD_CONSUMING", "topic": "d"}]}
        """);
    var zero = Duration.ZERO;
    assertThat(mishap("a", "1"))
        .isEqualTo(new Mishap(Duration.ofMillis(250), zero, false, false, zero));
    assertThat(mishap("b", "1"))
        .isEqualTo(new Mishap(zero, Duration.ofMillis(10), true, false, zero));
    assertThat(mishap("c", "1"))
        .isEqualTo(new Mishap(zero, zero, false, true, Duration.ofMillis(20)));
    assertThat(mishap("d", "1")).isEqualTo(Mishap.NONE);
    assertThat(faults.holdsConsuming("d")).isTrue();
    assertThat(faults.holdsConsuming("a")).isFalse();
    assertThat(List.of("a", "b", "c", "d")).allMatch(faults::slowsConsuming);
    assertThat(faults.slowsConsuming("e")).isFalse();
  }

  @Test
  void are_about_one_key_or_one_type_of_record() {
    replace(
        """
        {"rules": [{"kind": "CONSUME_TWICE", "key": "k"},
          {"kind": "CONSUME_LOSS", "type": "t"}]}
        """);
    assertThat(faults.mishap("a", "k", "s", "1").twice()).isTrue();
    assertThat(faults.mishap("a", "j", "t", "1").twice()).isFalse();
    assertThat(faults.mishap("b", "j", "t", "1").lost()).isTrue();
    assertThat(faults.mishap("b", "k", "s", "1").lost()).isFalse();
  }

  @Test
  void hit_so_often_and_no_more() {
    replace(
        """
        {"rules": [{"kind": "BANK_REFUSES", "code": "EXPIRED", "account": "x", "times": 2}]}
        """);
    assertThat(faults.hit(BANK_REFUSES, OF_Y, "1")).isEmpty();
    for (var time = 1; time <= 2; time++) {
      assertThat(faults.hit(BANK_REFUSES, OF_X, "1"))
          .contains(
              new FaultRule(BANK_REFUSES, Map.of("code", "EXPIRED", "account", "x", "times", "2")));
    }
    assertThat(faults.hit(BANK_REFUSES, OF_X, "1")).isEmpty();
  }

  @Test
  void hit_one_of_so_many() {
    replace("{\"rules\": [{\"kind\": \"CONSUME_TWICE\", \"every\": 3, \"times\": 2}]}");
    assertThat(IntStream.rangeClosed(1, 12).filter(n -> mishap("a", "" + n).twice()))
        .containsExactly(3, 6);
  }

  @Test
  void let_the_relay_die_so_often_and_no_more() {
    replace("{\"rules\": [{\"kind\": \"RELAY_DIES\", \"every\": 2, \"times\": 2}]}");
    assertThat(IntStream.rangeClosed(1, 8).filter(_ -> faults.relayDies()).count()).isEqualTo(2);
    assertThatThrownBy(() -> replace("{\"rules\": [{\"kind\": \"RELAY_DIES\"}]}"))
        .hasMessage("times of RELAY_DIES must be a whole number from 1 to 100, was null");
  }

  @Test
  void are_about_all_that_they_do_not_name_and_for_ever_without_times() {
    replace("{\"rules\": [{\"kind\": \"BANK_REFUSES\", \"code\": \"BUSY\"}]}");
    for (var time = 1; time <= 5; time++) {
      assertThat(faults.hit(BANK_REFUSES, OF_Y, "1")).isPresent();
    }
  }

  @Test
  void hit_by_chance_the_same_ones_again_and_as_many_as_the_rate_says() {
    replace("{\"rules\": [{\"kind\": \"CONSUME_LOSS\", \"rate\": 0.1, \"seed\": 7}]}");
    var lost = lost();
    assertThat(lost).hasSizeBetween(900, 1_100).isEqualTo(lost());
    replace("{\"rules\": [{\"kind\": \"CONSUME_LOSS\", \"rate\": 0.1, \"seed\": 8}]}");
    assertThat(lost()).hasSizeBetween(900, 1_100).isNotEqualTo(lost);
    replace("{\"rules\": [{\"kind\": \"CONSUME_LOSS\", \"rate\": 0}]}");
    assertThat(lost()).isEmpty();
    replace("{\"rules\": [{\"kind\": \"CONSUME_LOSS\", \"rate\": 1}]}");
    assertThat(lost()).hasSize(10_000);
  }

  @Test
  void of_two_kinds_do_not_hit_the_same_ones() {
    replace(
        """
        {"rules": [{"kind": "CONSUME_LOSS", "rate": 0.1}, {"kind": "CONSUME_TWICE", "rate": 0.1}]}
        """);
    assertThat(
            IntStream.range(0, 10_000)
                .mapToObj(n -> mishap("a", "" + n))
                .filter(mishap -> mishap.lost() && mishap.twice()))
        .hasSizeBetween(50, 150);
  }

  private List<Integer> lost() {
    return IntStream.range(0, 10_000).filter(n -> mishap("a", "" + n).lost()).boxed().toList();
  }

  @Test
  void of_one_owner_are_replaced_and_of_others_stay() {
    faults.replace("topic", json("{\"rules\": [{\"kind\": \"HOLD_DEADLINES\"}]}"));
    faults.replace("caller", json("{\"rules\": [{\"kind\": \"HOLD_CONSUMING\"}]}"));
    assertThat(faults.inForce())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "topic", List.of(json("{\"kind\": \"HOLD_DEADLINES\"}")),
                "caller", List.of(json("{\"kind\": \"HOLD_CONSUMING\"}"))));
    faults.replace("caller", json("{\"rules\": []}"));
    assertThat(faults.inForce()).containsOnlyKeys("topic");
    assertThat(faults.holdsDeadlines()).isTrue();
    faults.replace("topic", json("{\"rules\": []}"));
    assertThat(faults.holdsDeadlines()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                   | /rules          | rules must be a list
          {"rules": [{"kind": "BANK_REFUSED"}]}                | /rules/0/kind   | kind must be one of [BANK_REFUSES, CONSUME_DELAY,
          {"rules": [7]}                                       | /rules/0/kind   | kind must be one of
          {"rules": [{"kind": "CONSUME_DELAY"}]}               | /rules/0/millis | millis of CONSUME_DELAY must be a whole number
          {"rules": [{"kind": "CONSUME_DELAY", "milis": 5}]}   | /rules/0/milis  | CONSUME_DELAY has [every, key, millis,
          {"rules": [{"kind": "CONSUME_DELAY", "millis": 1e9}]} | /rules/0/millis | must be a whole number from 0 to 3600000
          {"rules": [{"kind": "CONSUME_REORDER"}]}             | /rules/0/millis | millis of CONSUME_REORDER must be
          {"rules": [{"kind": "CONSUME_LOSS", "millis": "x"}]} | /rules/0/millis | millis of CONSUME_LOSS must be
          {"rules": [{"kind": "CONSUME_TWICE", "every": 0}]}   | /rules/0/every  | every of CONSUME_TWICE must be
          {"rules": [{"kind": "CONSUME_TWICE", "rate": 1.1}]}  | /rules/0/rate   | rate of CONSUME_TWICE must be a number from 0 to 1
          {"rules": [{"kind": "CONSUME_TWICE", "rate": "NaN"}]} | /rules/0/rate  | rate of CONSUME_TWICE must be
          {"rules": [{"kind": "CONSUME_TWICE", "rate": "all"}]} | /rules/0/rate  | rate of CONSUME_TWICE must be
          {"rules": [{"kind": "CONSUME_TWICE", "seed": 4}]}    | /rules/0/seed   | seed of CONSUME_TWICE is of use with a rate only
          {"rules": [{"kind": "HOLD_DEADLINES", "rate": 0.1}]} | /rules/0/rate   | HOLD_DEADLINES has [], not rate
          {"rules": [{"kind": "HOLD_DEADLINES"}, {"kind": "BANK_REFUSES", "code": "x", "times": "two"}]} | /rules/1/times | times of BANK_REFUSES must be a whole number
          {"rules": [{"kind": "BANK_REFUSES", "code": {}}]}    | /rules/0/code   | code of BANK_REFUSES must be text or a number
          {"rules": [{"kind": "BANK_REFUSES"}]}                | /rules/0        | the bank says why
          """)
  void that_cannot_be_understood_change_nothing(String body, String pointer, String why) {
    replace("{\"rules\": [{\"kind\": \"HOLD_DEADLINES\"}]}");
    assertThatThrownBy(() -> replace(body))
        .hasMessageContaining(why)
        .asInstanceOf(InstanceOfAssertFactories.type(BadFaultRuleException.class))
        .returns(pointer, BadFaultRuleException::pointer);
    assertThat(faults.holdsDeadlines()).isTrue();
  }

  @Test
  void have_a_maximum_number_all_owners_together() {
    var rule = "{\"kind\": \"HOLD_DEADLINES\"}";
    replace("{\"rules\": [" + (rule + ",").repeat(FaultRules.RULES_MAX - 1) + rule + "]}");
    assertThatThrownBy(() ->
            replace("{\"rules\": [" + (rule + ",").repeat(FaultRules.RULES_MAX) + rule + "]}"))
        .hasMessage("rules must be at most 100, were 101");
    assertThatThrownBy(() -> faults.replace("other", json("{\"rules\": [" + rule + "]}")))
        .hasMessage("rules must be at most 100, were 101");
  }

  private Mishap mishap(String topic, String id) {
    return faults.mishap(topic, "k", "t", id);
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
