package marketplace.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What was recorded of a story's orders is a story that goes as the first one did.
class RecorderTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");

  /// By story, what is said of those of its orders that cannot be recorded.
  private static final Map<String, List<String>> REFUSED =
      Map.of(
          "cash-on-delivery-a", List.of("it repeats an earlier order"),
          "goodwill-and-inquiry", List.of("a refund was lost on its way"),
          "late-capture-b", List.of("the payment provider was late"));

  @TestFactory
  Stream<DynamicTest> records_what_can_be_played_again() {
    return ScenarioFiles.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> playRecorded(name)));
  }

  private static void playRecorded(String name) {
    var journal = play(ScenarioFiles.load(name));
    assertThat(journal.orders()).isNotEmpty();
    List<String> refused = new ArrayList<>();
    for (var order : journal.orders()) {
      String recorded;
      try {
        recorded = Recorder.record(name, journal.causalOrderOf(order));
      } catch (UnrecordableException e) {
        refused.add(e.getMessage());
        continue;
      }
      play(ScenarioFiles.parse(name + ".yaml", recorded));
    }
    assertThat(refused).isEqualTo(REFUSED.getOrDefault(name, List.of()));
  }

  private static Journal play(Scenario scenario) {
    var ids = new SeededIds(7);
    var market = new MemoryMarket(MONDAY, ids);
    var world = new MemoryWorld(market);
    var performance = new ScenarioRunner(world, market.catalogue(), ids).play(scenario);
    assertThat(performance.passed()).as(performance.report()).isTrue();
    return world.journal();
  }

  @Test
  void what_was_not_told_of_cannot_be_recorded() {
    assertThatThrownBy(() -> Recorder.record("nothing", List.of()))
        .isInstanceOf(UnrecordableException.class)
        .hasMessage("nobody was told that it was placed");
  }
}
