package marketplace.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every story that comes with the simulation, in memory.
class MemoryScenariosTest {
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
  private static final Instant LATER_MONDAY = Instant.parse("2026-03-02T00:00:00Z");

  @TestFactory
  Stream<DynamicTest> goes_as_told() {
    return ScenarioFiles.all().stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> play(scenario, MONDAY)));
  }

  @TestFactory
  Stream<DynamicTest> goes_as_told_on_another_monday() {
    return Stream.of("seller-times-out", "ship-deadline-wins")
        .map(ScenarioFiles::load)
        .map(scenario ->
            DynamicTest.dynamicTest(scenario.name(), () -> play(scenario, LATER_MONDAY)));
  }

  private static void play(Scenario scenario, Instant start) {
    var ids = new SeededIds(7);
    var market = new MemoryMarket(start, ids);
    var runner = new ScenarioRunner(new MemoryWorld(market), market.catalogue(), ids);
    var performance = runner.play(scenario);
    assertThat(performance.passed()).as(performance.report()).isTrue();
  }
}
