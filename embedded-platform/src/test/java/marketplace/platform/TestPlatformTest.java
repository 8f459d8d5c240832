package marketplace.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestPlatformTest {
  /// Servers that nobody starts.
  private record Announced(String name, Optional<String> missing) implements TestServers {
    @Override
    public Postgres startPostgres() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Kafka startKafka() {
      throw new UnsupportedOperationException();
    }
  }

  private static final TestServers CONTAINERS = new Announced("containers", Optional.empty());

  @Test
  void gives_the_embedded_servers_whatever_else_is_there() {
    assertThat(TestPlatform.chosen("embedded", List.of(CONTAINERS)))
        .isInstanceOf(EmbeddedServers.class);
  }

  @Test
  void gives_those_in_containers_when_they_are_asked_for() {
    assertThat(TestPlatform.chosen("containers", List.of(CONTAINERS))).isSameAs(CONTAINERS);
  }

  @Test
  void says_in_one_sentence_that_there_is_no_engine() {
    var without = new Announced("containers", Optional.of("a container engine"));
    assertThatThrownBy(() -> TestPlatform.chosen("containers", List.of(without)))
        .isInstanceOf(IllegalStateException.class)
        .hasNoCause()
        .hasMessage(
            "-Dplatform=containers needs a container engine, and none was found:"
                + " start one, or leave the option out");
  }

  @Test
  void says_which_module_is_missing_instead_of_taking_the_embedded_servers() {
    assertThatThrownBy(() -> TestPlatform.chosen("containers", List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs the module containers-platform");
  }

  @Test
  void refuses_a_name_that_it_does_not_know() {
    assertThatThrownBy(() -> TestPlatform.chosen("cloud", List.of(CONTAINERS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Dplatform must be embedded or containers, was 'cloud'");
  }
}
