package marketplace.simulation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.scenario.Recorder;
import marketplace.simulation.scenario.ScenarioFiles;
import marketplace.simulation.scenario.ScenarioRunner;
import marketplace.simulation.scenario.UnrecordableException;
import org.junit.jupiter.api.Test;

/// Orders that people of all kinds have had, on any day of the week, recorded one by one.
class RecordedRunTest {
  private static final int ORDERS = 120;

  @Test
  void each_order_of_a_run_can_be_played_alone_unless_its_refund_was_refused() {
    var plan = Plans.busy(9, ORDERS, "STANDARD_72H", "DECLINE_3D");
    var run = MemoryRuns.play(plan, IntStream.range(0, ORDERS).boxed().toList(), List.of());
    var recorded = 0;
    for (var order : run.orders()) {
      if (order.orderId() == null) continue;
      var events = run.journal().causalOrderOf(Objects.requireNonNull(order.orderId()));
      String story;
      try {
        story = Recorder.record("order-" + order.order(), events);
      } catch (UnrecordableException e) {
        assertThat(e).hasMessage("the payment provider has refused a refund");
        continue;
      }
      recorded++;
      play(story);
    }
    assertThat(recorded).isGreaterThan(ORDERS / 2);
  }

  private static void play(String story) {
    var ids = new SeededIds(1);
    var market = new MemoryMarket(RunPlan.USUAL_START, ids);
    var performance =
        new ScenarioRunner(new MemoryWorld(market), market.catalogue(), ids)
            .play(ScenarioFiles.parse("recorded.yaml", story));
    assertThat(performance.passed()).as("%s%n%s", performance.report(), story).isTrue();
  }
}
