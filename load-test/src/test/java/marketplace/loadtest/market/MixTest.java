package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MixTest {
  @Test
  void the_lifecycle_walks_every_step() {
    var steps = EnumSet.noneOf(Step.class);
    Mix.of("lifecycle").lives().keySet().forEach(life -> steps.addAll(life.steps()));
    assertThat(steps).containsExactlyInAnyOrder(Step.values());
  }

  @Test
  void draws_lives_by_their_weights() {
    var mix = Mix.of("approved=3,silent=1");
    var random = new SplittableRandom(1);
    Map<Life, Integer> drawn = new EnumMap<>(Life.class);
    for (var i = 0; i < 4_000; i++) drawn.merge(mix.draw(random), 1, Integer::sum);
    assertThat(drawn).containsOnlyKeys(Life.APPROVED, Life.SILENT);
    assertThat(drawn.get(Life.APPROVED)).isBetween(2_900, 3_100);
    assertThat(mix.commandsPerOrder()).isEqualTo((3 * 4 + 3) / 4.0);
  }

  @Test
  void readers_send_no_commands() {
    assertThat(Mix.of("reads").onlyReads()).isTrue();
    assertThat(Mix.of("place-order").onlyReads()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "lifecycles", "approved", "approved=0", "approved=1,", "approved=1=2"})
  void refuses_what_is_no_mix(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Mix.of(text));
  }

  @Test
  void refuses_a_life_that_nobody_lives() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mix.of("married=1"))
        .withMessage("no life is called married");
  }

  @ParameterizedTest
  @EnumSource
  void every_life_begins_with_an_order(Life life) {
    assertThat(life.steps()).first().isEqualTo(Step.PLACE);
    assertThat(Life.named(life.toString())).isEqualTo(life);
  }
}
