package marketplace.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import marketplace.simulation.live.TraceCollector.Span;
import marketplace.simulation.scenario.ScenarioFiles;
import org.junit.jupiter.api.Test;

/// The real services, told to whom they shall tell their traces.
class TracedMarketTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// From the refund back to the click.
  private static final List<String> WAY_BACK =
      List.of(
          "publish RefundIssued",
          "consume OrderUnitsCancelled",
          "publish OrderUnitsCancelled",
          "consume SellerTimedOut",
          "publish SellerTimedOut",
          "deadline replyBy",
          "deadline reminder",
          "deadline reminder",
          "consume CancellationRequested",
          "publish CancellationRequested",
          "command RequestCancellation",
          "call requestCancellation");

  @Test
  void one_trace_leads_from_the_buyers_click_to_his_refund() throws Exception {
    assumeTrue(RunningServices.areBuilt(), "the services are not packaged");
    try (var collector = new TraceCollector();
        var services =
            RunningServices.onTestPlatform(
                Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()))) {
      services.startAll();
      play(new LiveMarket(services.settings()), "seller-times-out");

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertWhole(collector.traceOf("command RequestCancellation")));
      var trace = collector.traceOf("command RequestCancellation");
      Files.writeString(Path.of("target", "trace.txt"), TraceCollector.tree(trace));
      assertThat(wayBack(trace)).isEqualTo(WAY_BACK);
      assertThat(trace).extracting(Span::service).contains("dispute-service");
    }
  }

  private static void play(LiveMarket market, String name) {
    market.start(new StartupEvent());
    try {
      await().atMost(PATIENCE).until(market::ready);
      var scenario =
          ScenarioFiles.all().stream()
              .filter(one -> one.name().equals(name))
              .findFirst()
              .orElseThrow();
      var performance = market.play(scenario);
      assertThat(performance.passed()).as(performance.report()).isTrue();
    } finally {
      market.stop(new ShutdownEvent());
    }
  }

  /// Services tell their spans every few seconds, each when it likes.
  private static void assertWhole(List<Span> trace) {
    assertThat(trace).extracting(Span::name).contains("publish RefundSettled", WAY_BACK.getLast());
    assertThat(trace)
        .filteredOn(span -> TraceCollector.parentOf(span, trace).isEmpty())
        .extracting(Span::name)
        .containsExactly(WAY_BACK.getLast());
  }

  private static List<String> wayBack(List<Span> trace) {
    List<String> names = new ArrayList<>();
    var step = trace.stream().filter(span -> span.name().equals(WAY_BACK.getFirst())).findFirst();
    while (step.isPresent()) {
      names.add(step.get().name());
      step = TraceCollector.parentOf(step.get(), trace);
    }
    return names;
  }
}
