package marketplace.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import marketplace.simulation.live.Proof.Invariant;
import marketplace.simulation.scenario.Scenario;
import marketplace.simulation.scenario.ScenarioFiles;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every story that comes with the simulation, on the real services.
class LiveScenariosTest {
  private static final Duration START_MAX = Duration.ofMinutes(3);

  /// Null where the services were not built.
  private static @Nullable RunningServices services;

  /// Null where the services were not built.
  private static @Nullable LiveMarket running;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RunningServices.areBuilt(), "the services are not packaged");
    var started = RunningServices.onTestPlatform();
    services = started;
    started.startAll();
    var market = new LiveMarket(started.settings());
    market.start(new StartupEvent());
    running = market;
    await().atMost(START_MAX).until(market::ready);
  }

  @AfterAll
  static void stop() {
    var market = running;
    if (market != null) market.stop(new ShutdownEvent());
    if (services != null) services.close();
  }

  @TestFactory
  Stream<DynamicTest> goes_as_told() {
    return Stream.concat(
        ScenarioFiles.all().stream()
            .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> play(scenario))),
        Stream.of(DynamicTest.dynamicTest("and_leaves_every_invariant", this::assertInvariants)));
  }

  private static void play(Scenario scenario) {
    var performance = market().play(scenario);
    assertThat(performance.passed()).as(performance.report()).isTrue();
  }

  private void assertInvariants() {
    assertThat(new Proof(market()).invariants()).isNotEmpty().allMatch(Invariant::ok);
  }

  private static LiveMarket market() {
    var market = running;
    if (market == null) throw new IllegalStateException("nothing was started");
    return market;
  }
}
