package marketplace.eventsourcing.handling;

import static marketplace.eventsourcing.sample.Pot.ask;
import static marketplace.eventsourcing.sample.Pot.pot;
import static marketplace.eventsourcing.sample.SteppedTime.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Neighbour;
import marketplace.eventsourcing.sample.Pot;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.store.JdbcEventStore;
import marketplace.eventsourcing.tracing.Collected;
import marketplace.eventsourcing.tracing.Traceparent;
import marketplace.eventsourcing.tracing.Tracing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is told of decisions, and what is stored for those who go on.
final class TracedHandlingTest {
  private static final String CALLERS = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Kitchen kitchen = new Kitchen();
  private final SteppedTime clock = new SteppedTime();
  private final Neighbour neighbour = new Neighbour();
  private final Collected collected = new Collected();
  private final List<CommandHandler> running = new ArrayList<>();
  private final UUID ana = UUID.randomUUID();

  private CommandHandler handler(Tracing tracing) {
    var handler =
        new CommandHandler(
            new JdbcEventStore(kitchen.dataSource(), List.of(Pot.AGGREGATE)),
            List.of(Pot.AGGREGATE),
            List.of(Pot.INBOUND),
            clock,
            clock,
            HandlerSettings.of("kitchen", "UNKNOWN_POT", Set.of()),
            Pot.JSON,
            new SimpleMeterRegistry(),
            tracing);
    running.add(handler);
    handler.start();
    return handler;
  }

  @AfterEach
  void stop() {
    running.forEach(CommandHandler::stop);
    collected.close();
  }

  @Test
  void a_command_is_a_step_behind_its_callers() {
    handler(collected.tracing()).handle(traced(new Pot.Command.Fill(5, null), CALLERS));

    var step = collected.only("command Fill");
    assertBehind(step, CALLERS);
    assertThat(text(step, "stream")).isEqualTo(pot(ana).toString());
    assertThat(text(step, "status")).isEqualTo("200");
    assertThat(stored()).containsExactly(Collected.traceparent(step));
  }

  @Test
  void a_command_that_fails_says_of_what() {
    var handler = handler(collected.tracing());
    assertThatThrownBy(() -> handler.handle(traced(new Pot.Command.Trip(), CALLERS)))
        .hasMessage("tripped");

    var status = collected.only("command Trip").getStatus();
    assertThat(status.getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(status.getDescription()).contains("tripped");
  }

  @Test
  void a_record_is_a_step_behind_its_publication() throws Exception {
    accept(handler(collected.tracing()), from(neighbour.says(ana, 1, 0, "Filled", "5"), CALLERS));

    var step = collected.only("consume Filled");
    assertBehind(step, CALLERS);
    assertThat(text(step, "stream")).isEqualTo("neighbour-" + ana);
    assertThat(text(step, "result")).isEqualTo("APPLIED");
    assertThat(stored()).containsExactly(Collected.traceparent(step));
  }

  @Test
  void a_record_that_asks_for_nothing_is_none() throws Exception {
    accept(handler(collected.tracing()), from(neighbour.says(ana, 1, 0, "Sang", "la"), CALLERS));

    assertThat(collected.names()).isEmpty();
  }

  @Test
  void a_record_that_says_nonsense_of_its_trace_begins_a_new_one() throws Exception {
    accept(handler(collected.tracing()), from(neighbour.says(ana, 1, 0, "Filled", "5"), "00-?"));

    var step = collected.only("consume Filled");
    assertThat(step.getParentSpanContext().isValid()).isFalse();
    assertThat(stored()).containsExactly(Collected.traceparent(step));
  }

  @Test
  void a_deadline_is_a_step_behind_what_has_brought_it() throws Exception {
    var handler = handler(collected.tracing());
    var boilsAt = MONDAY.plus(Duration.ofHours(1));
    handler.handle(traced(new Pot.Command.Fill(5, boilsAt), CALLERS));
    clock.pass(Duration.ofHours(2));
    handler.wake(pot(ana)).get(30, TimeUnit.SECONDS);

    var filled = collected.only("command Fill");
    var boiled = collected.only("deadline boilsAt");
    assertBehind(boiled, Collected.traceparent(filled));
    assertThat(stored())
        .containsExactly(Collected.traceparent(filled), Collected.traceparent(boiled));
  }

  @Test
  void where_nobody_collects_all_is_passed_on_as_it_came() throws Exception {
    var handler = handler(Tracing.OFF);
    accept(handler, from(neighbour.says(ana, 1, 0, "Filled", "5"), CALLERS));
    handler.handle(traced(new Pot.Command.Take(1), null));
    accept(handler, from(neighbour.says(ana, 2, 1, "Took", "1"), "nonsense"));

    assertThat(stored()).containsExactly(CALLERS, "none", "none");
  }

  @Test
  void a_call_begins_a_trace_or_goes_on_with_its_callers() {
    collected.tracing().call(() -> "fillPot", CALLERS).end("status", "201");
    assertBehind(collected.only("call fillPot"), CALLERS);

    collected.tracing().call(() -> "takeFromPot", "nonsense").end();
    assertThat(collected.only("call takeFromPot").getParentSpanContext().isValid()).isFalse();

    assertThat(Tracing.OFF.call(() -> "fillPot", CALLERS).traceparent()).isEqualTo(CALLERS);
    assertThat(Tracing.OFF.call(() -> "fillPot", "nonsense").traceparent()).isNull();
  }

  private CommandRequest<?, ?, ?, ?> traced(Pot.Command command, @Nullable String traceparent) {
    var asked = ask(ana, command);
    var id = UUID.randomUUID();
    return new CommandRequest<>(
        asked.stream(),
        asked.command(),
        new Trace(id, id, "COOK:1", Origin.SERVICE, null, traceparent),
        null,
        null,
        asked.answer());
  }

  private static Delivery from(Delivery delivery, String traceparent) {
    var headers = new LinkedHashMap<>(delivery.headers());
    headers.put(Traceparent.HEADER, traceparent);
    return new Delivery.Received(
        delivery.topic(),
        delivery.partition(),
        delivery.offset(),
        delivery.key(),
        headers,
        delivery.value(),
        delivery.receivedAt());
  }

  private static void accept(CommandHandler handler, Delivery delivery) throws Exception {
    handler.accept(delivery).get(30, TimeUnit.SECONDS);
  }

  private List<String> stored() {
    return kitchen.texts(
        "select coalesce(traceparent, 'none') from event where stream = '%s' order by version"
            .formatted(pot(ana)));
  }

  private static void assertBehind(SpanData step, String traceparent) {
    var parent = step.getParentSpanContext();
    assertThat("00-%s-%s-01".formatted(parent.getTraceId(), parent.getSpanId()))
        .isEqualTo(traceparent);
    assertThat(step.getTraceId()).isEqualTo(parent.getTraceId());
  }

  private static @Nullable String text(SpanData step, String attribute) {
    return step.getAttributes().get(AttributeKey.stringKey(attribute));
  }
}
