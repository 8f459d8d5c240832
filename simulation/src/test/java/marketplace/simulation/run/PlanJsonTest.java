package marketplace.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static RunPlan read(String json) throws JsonProcessingException {
    return PlanJson.read(JSON.readTree(json));
  }

  @Test
  void what_is_left_out_is_as_usual() throws Exception {
    var plan = read("{\"seed\": 7, \"workload\": {\"buyers\": 40}}");

    assertThat(plan.seed()).isEqualTo(7);
    assertThat(plan.actors()).isEqualTo(Actors.USUAL);
    assertThat(plan.workload())
        .isEqualTo(new Workload(40, 40, 2, 30, Workload.TO_THE_END, Workload.USUAL_TICK));
  }

  @Test
  void one_share_may_be_given_alone_and_weights_only_whole() throws Exception {
    var buyers =
        read("{\"actors\": {\"buyers\": {\"asksShare\": 0.5, \"methods\": {\"CARD\": 1}}}}")
            .actors()
            .buyers();

    assertThat(buyers.asksShare()).isEqualTo(0.5);
    assertThat(buyers.methods()).isEqualTo(Map.of("CARD", 1));
    assertThat(buyers.reasons()).isEqualTo(Actors.USUAL.buyers().reasons());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                                               | the plan must be an object",
        "{\"workload\": 7}                                | /workload must be an object",
        "{\"workload\": {\"order\": 7}}                   | /workload/order is no part of a plan",
        "{\"seed\": \"7\"}                                | /seed must be of the kind of 1",
        "{\"policies\": []}                               | policies must name at least one",
        "{\"workload\": {\"orders\": 0}}                  | orders must be from 1 to 10000000, was 0",
        "{\"workload\": {\"orders\": 10000001}}           | orders must be from 1 to 10000000",
        "{\"workload\": {\"sellers\": 0}}                 | sellers must be from 1",
        "{\"workload\": {\"days\": 366}}                  | days must be from 1 to 365, was 366",
        "{\"workload\": {\"thenDays\": -1}}               | thenDays must be from 0 to 365, was -1",
        "{\"workload\": {\"tick\": \"PT0S\"}}             | tick must be from PT0.001S to P1D",
        "{\"workload\": {\"tick\": \"P2D\"}}              | tick must be from PT0.001S to P1D",
        "{\"actors\": {\"buyers\": {\"asksShare\": 1.1}}}  | buyers.asksShare must be from 0 to 1",
        "{\"actors\": {\"buyers\": {\"methods\": {\"CARD\": 0}}}} | buyers.methods must have weights",
        "{\"actors\": {\"buyers\": {\"asksAfter\": {\"spread\": 0.5}}}} | buyers.asksAfter must have a median",
        "{\"actors\": {\"sellers\": {\"silentShare\": 0.8}}} | must add up to at most 1",
        "{\"actors\": {\"carrier\": {\"transitFrom\": \"P30D\"}}} | carrier.transitFrom must be",
      })
  void what_is_no_plan_is_refused_with_the_place_and_the_rule(String json, String why) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
