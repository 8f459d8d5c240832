package marketplace.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.scenario.Performance.StepResult;
import org.junit.jupiter.api.Test;

/// A story that tells something else than what happens is not believed.
class ScenarioRunnerTest {
  private static final String STORY =
      """
      name: wrong
      title: Every sentence of it is wrong
      given:
        products:
          CUP: {priceMinor: 1234}
        orders:
          A: {lines: {CUP: 1}}
      steps:
        - at: +1h
          as: buyer
          do: getOrder
          order: A
          expect: {status: 404, body: {totalMinor: 1235}}
      finally:
        at: +1d
        events:
          A:
            - OrderPlaced: {at: +1h}
            - PaymentCaptured
            - PaymentAuthorized
            - OrderReadyToShip
            - OrderCancelled
        orders:
          A: {status: CANCELLED}
        money:
          A: {capturedMinor: 0, refundedMinor: 0, paidOutMinor: 0}
      """;

  @Test
  void each_difference_is_told() {
    var ids = new SeededIds(1);
    var market = new MemoryMarket(Instant.parse("2026-01-05T00:00:00Z"), ids);
    var performance =
        new ScenarioRunner(new MemoryWorld(market), market.catalogue(), ids)
            .play(ScenarioFiles.parse("wrong.yaml", STORY));
    assertThat(performance.passed()).isFalse();
    assertThat(performance.steps())
        .flatExtracting(StepResult::differences)
        .anyMatch(text -> text.equals("status: expected 404, found 200"))
        .anyMatch(text -> text.equals("/totalMinor: expected 1235, found 1234"))
        .anyMatch(text -> text.startsWith("OrderPlaced: expected at 2026-01-05T01:00:00Z"))
        .anyMatch(text -> text.equals("expected OrderCancelled, it never came"))
        .anyMatch(text -> text.startsWith("not expected: FulfilmentOpened"))
        .anyMatch(
            text -> text.equals("/status: expected \"CANCELLED\", found \"AWAITING_SHIPMENT\""))
        .anyMatch(text -> text.equals("/capturedMinor: expected 0, found 1234"));
  }
}
