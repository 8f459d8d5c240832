package marketplace.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ContractJsonTest {
  record Thing(String name, int quantity, boolean whole) {}

  @Test
  void a_value_of_another_kind_is_refused_and_never_made_to_fit() throws Exception {
    var fits = "{\"name\": \"mug\", \"quantity\": 1, \"whole\": true}";
    assertThat(ContractJson.mapper().readValue(fits, Thing.class))
        .isEqualTo(new Thing("mug", 1, true));
    refuses("{\"name\": 7, \"quantity\": 1, \"whole\": true}");
    refuses("{\"name\": \"mug\", \"quantity\": \"1\", \"whole\": true}");
    refuses("{\"name\": \"mug\", \"quantity\": 1.5, \"whole\": true}");
    refuses("{\"name\": \"mug\", \"quantity\": 1, \"whole\": 1}");
  }

  @Test
  void a_time_has_three_digits_of_a_second() {
    assertThat(ContractJson.format(Instant.parse("2026-01-05T00:00:00Z")))
        .isEqualTo("2026-01-05T00:00:00.000Z");
  }

  private static void refuses(String json) {
    assertThatThrownBy(() -> ContractJson.mapper().readValue(json, Thing.class))
        .isInstanceOf(JsonProcessingException.class);
  }
}
