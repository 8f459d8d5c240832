package marketplace.eventsourcing.handling;

import static marketplace.eventsourcing.sample.Pot.ask;
import static marketplace.eventsourcing.sample.Pot.pot;
import static marketplace.eventsourcing.sample.SteppedTime.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.LogFields;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Neighbour;
import marketplace.eventsourcing.sample.Pot;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.store.ConcurrentAppendException;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.store.JdbcEventStore;
import marketplace.eventsourcing.store.SetAside;
import marketplace.eventsourcing.store.StoreFaultException;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.eventsourcing.tracing.Tracing;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The handler with its queues and writers, on PostgreSQL.
final class CommandHandlerTest {
  private static final HandlerSettings SETTINGS =
      HandlerSettings.of("kitchen", "UNKNOWN_POT", Set.of());

  private final Kitchen kitchen = new Kitchen();
  private final SteppedTime clock = new SteppedTime();
  private SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final InterposedStore store = new InterposedStore(newStore());
  private final Neighbour neighbour = new Neighbour();
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final List<CommandHandler> running = new ArrayList<>();
  private final UUID ana = UUID.randomUUID();
  private final UUID lin = UUID.randomUUID();
  private final UUID rosa = UUID.randomUUID();

  private EventStore newStore() {
    return new JdbcEventStore(kitchen.dataSource(), List.of(Pot.AGGREGATE));
  }

  private CommandHandler handler(EventStore with, HandlerSettings settings) {
    meters = new SimpleMeterRegistry();
    var handler =
        new CommandHandler(
            with,
            List.of(Pot.AGGREGATE),
            List.of(Pot.INBOUND),
            clock,
            clock,
            settings,
            Pot.JSON,
            meters,
            Tracing.OFF);
    running.add(handler);
    return handler;
  }

  private CommandHandler started() {
    var handler = handler(store, SETTINGS);
    handler.start();
    return handler;
  }

  @AfterEach
  void stop() {
    running.forEach(CommandHandler::stop);
    callers.close();
  }

  private Future<RenderedAnswer> calling(CommandHandler handler, CommandRequest<?, ?, ?, ?> what) {
    return callers.submit((Callable<RenderedAnswer>) () -> handler.handle(what));
  }

  private static CommandRequest<?, ?, ?, ?> fill(UUID pot, int litres) {
    return ask(pot, new Pot.Command.Fill(litres, null));
  }

  private static CommandRequest<?, ?, ?, ?> take(UUID pot, int litres) {
    return ask(pot, new Pot.Command.Take(litres));
  }

  private double waiting(String source) {
    return meters.get("marketplace.queue.waiting").tag("source", source).gauge().value();
  }

  private static void await(String what, BooleanSupplier condition) {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) throw new AssertionError("never: " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private static <T> T get(Future<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(30, TimeUnit.SECONDS);
  }

  private List<String> events(UUID pot) {
    return kitchen.texts(
        "select version || ' ' || type from event where stream = '%s' order by version"
            .formatted(pot(pot)));
  }

  @Test
  void one_batch_gives_each_caller_his_own_answer() throws Exception {
    var setUp = started();
    setUp.handle(fill(lin, 9));
    setUp.stop();
    store.attempts.clear();
    var rival = handler(newStore(), SETTINGS);
    rival.start();
    // Between the batch's reading and its writing somebody else takes from Lin's pot.
    store.beforeNextWrite(() -> rival.handle(take(lin, 5)));

    var handler = handler(store, SETTINGS);
    var answers = new ArrayList<Future<RenderedAnswer>>();
    for (CommandRequest<?, ?, ?, ?> request :
        List.of(
            ask(ana, new Pot.Command.Fill(7, null), "key", null),
            ask(ana, new Pot.Command.Fill(7, null), "key", null),
            take(ana, 2),
            take(lin, 6),
            fill(rosa, Kitchen.REFUSED_LITRES))) {
      answers.add(calling(handler, request));
      var number = answers.size();
      await("a queue of " + number, () -> waiting("caller") == number);
    }
    handler.start();

    assertThat(get(answers.get(0)).body()).isEqualTo("{\"version\":1,\"litres\":7,\"boiled\":0}");
    assertThat(get(answers.get(1)).body()).isEqualTo(get(answers.get(0)).body());
    assertThat(get(answers.get(1)).headers()).containsEntry("Idempotent-Replayed", "true");
    assertThat(get(answers.get(2)).body()).isEqualTo("{\"version\":2,\"litres\":5,\"boiled\":0}");
    // Decided again on what the rival had left.
    assertThat(get(answers.get(3)).body()).contains("TOO_LITTLE");
    assertThatThrownBy(() -> get(answers.get(4)))
        .hasCauseInstanceOf(StoreFaultException.class)
        .hasMessageContaining("pots_litres_check");

    assertThat(store.attempts.getFirst()).as("events of the one batch").isEqualTo(4);
    assertThat(events(ana)).containsExactly("1 pot.filled.v1", "2 pot.taken.v1");
    assertThat(events(lin)).containsExactly("1 pot.filled.v1", "2 pot.taken.v1");
    assertThat(events(rosa)).isEmpty();
    assertThat(kitchen.texts("select litres from pots order by litres")).containsExactly("4", "5");
    assertThat(kitchen.texts("select key || ' ' || status from idempotency"))
        .containsExactly("key 200");
    assertThat(kitchen.texts("select count(*) from deadline")).containsExactly("0");
  }

  @Test
  void a_caller_is_told_after_five_lost_races() {
    var handler = started();
    for (var race = 0; race <= SETTINGS.retriesMax(); race++) {
      store.beforeNextWrite(() -> {
        throw new ConcurrentAppendException(Set.of(pot(ana)));
      });
    }
    assertThatThrownBy(() -> handler.handle(fill(ana, 1)))
        .isInstanceOf(ConcurrentAppendException.class);
    assertThat(store.attempts).hasSize(SETTINGS.retriesMax() + 1);
    assertThat(handler.handle(fill(ana, 1)).status()).isEqualTo(200);
  }

  @Test
  void a_caller_is_turned_away_where_too_many_wait() {
    var handler =
        handler(
            store,
            new HandlerSettings(
                "kitchen",
                8,
                1,
                1,
                1,
                5,
                5,
                Duration.ofHours(24),
                Duration.ofMinutes(5),
                "UNKNOWN_POT",
                Set.of(),
                1_000));
    var first = calling(handler, fill(ana, 1));
    await("one waiting", () -> waiting("caller") == 1);
    assertThatThrownBy(() -> handler.handle(fill(lin, 1))).isInstanceOf(QueueFullException.class);
    handler.start();
    assertThat(first).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void a_database_that_is_away_stops_callers_and_keeps_facts() throws Exception {
    var handler = started();
    Runnable away =
        () -> {
          throw new StoreUnavailableException("away", null);
        };
    store.beforeNextBegin(away);
    store.beforeNextBegin(away);
    var fact = handler.accept(neighbour.says(ana, 1, 0, "Filled", "3"));
    fact.get(30, TimeUnit.SECONDS);
    assertThat(events(ana)).containsExactly("1 pot.filled.v1");
    store.beforeNextBegin(away);
    assertThatThrownBy(() -> handler.handle(fill(lin, 1)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(handler.handle(fill(lin, 1)).status()).isEqualTo(200);
  }

  @Test
  void a_fact_whose_rules_fail_is_set_aside_in_the_end_and_blocks_nobody() throws Exception {
    var handler = started();
    handler.handle(fill(ana, 5));
    var tripped = handler.accept(neighbour.says(ana, 1, 0, "Tripped", ""));
    var behind = handler.accept(neighbour.says(ana, 2, 1, "Took", "1"));
    var other = handler.accept(neighbour.says(lin, 1, 0, "Filled", "5"));
    other.get(30, TimeUnit.SECONDS);
    assertThat(tripped).isNotDone();
    tripped.get(30, TimeUnit.SECONDS);
    behind.get(30, TimeUnit.SECONDS);
    assertThat(store.setAside(9))
        .extracting(SetAside::kind)
        .containsExactlyInAnyOrder(SetAside.Kind.FAULTY, SetAside.Kind.HELD);

    clock.pass(Duration.ofMinutes(1));
    handler.retryParked(_ -> true).get(30, TimeUnit.SECONDS);
    assertThat(store.setAside(9)).extracting(SetAside::attempts).contains(2);
  }

  @Test
  void what_is_logged_about_a_fact_names_its_stream_and_where_it_comes_from() throws Exception {
    var handler = started();
    handler.handle(fill(ana, 5));
    var tripped = neighbour.says(ana, 1, 0, "Tripped", "");
    var unreadable = neighbour.says(lin, 1, 0, "Filled", "many");
    try (var log = LogLines.of("marketplace.eventsourcing.handling")) {
      handler.accept(tripped).get(30, TimeUnit.SECONDS);
      handler.accept(unreadable).get(30, TimeUnit.SECONDS);
      var retried = log.about("could not be applied");
      assertThat(retried).hasSize(SETTINGS.factAttemptsMax());
      assertThat(log.about("set aside as FAULTY")).hasSize(1);
      assertThat(retried).allMatch(line -> isAbout(line, ana, tripped));
      assertThat(log.about("set aside as FAULTY")).allMatch(line -> isAbout(line, ana, tripped));
      assertThat(log.about("set aside as UNREADABLE"))
          .hasSize(1)
          .allMatch(line -> isAbout(line, lin, unreadable));
    }
    assertThat(MDC.getMap()).doesNotContainKeys(LogFields.STREAM, LogFields.CORRELATION_ID);
  }

  private static boolean isAbout(LogLines.Line line, UUID pot, Delivery fact) {
    return Objects.equals(line.fields().get("stream"), "neighbour-" + pot)
        && Objects.equals(line.fields().get("correlationId"), fact.headers().get("ce_id"));
  }

  @Test
  void a_parked_fact_is_refused_after_five_minutes_when_all_is_read() throws Exception {
    var handler = started();
    handler.accept(neighbour.says(ana, 1, 0, "Took", "1")).get(30, TimeUnit.SECONDS);
    clock.pass(Duration.ofMinutes(6));
    handler.retryParked(_ -> false).get(30, TimeUnit.SECONDS);
    assertThat(store.setAside(9)).hasSize(1);
    handler.retryParked(_ -> true).get(30, TimeUnit.SECONDS);
    assertThat(store.setAside(9)).isEmpty();
    assertThat(kitchen.texts("select data->>'reason' from event where type = 'rejected.fact.v1'"))
        .containsExactly("UNKNOWN_POT");
  }

  @Test
  void two_instances_share_the_work_and_lose_nothing() throws Exception {
    var one = started();
    var other = handler(newStore(), SETTINGS);
    other.start();
    var pots = IntStream.range(0, 4).mapToObj(_ -> UUID.randomUUID()).toList();
    for (var pot : pots) one.handle(fill(pot, 1_000_000));
    var calls = new ArrayList<Future<Boolean>>();
    for (var call = 0; call < 800; call++) {
      var handler = call % 2 == 0 ? one : other;
      var pot = pots.get(call % pots.size());
      calls.add(
          callers.submit(() -> {
            try {
              return handler.handle(take(pot, 1)).status() == 200;
            } catch (ConcurrentAppendException _) {
              return false;
            }
          }));
    }
    var taken = 0;
    for (var call : calls) {
      if (get(call)) taken++;
    }
    assertThat(kitchen.texts("select sum(1000000 - litres) from pots"))
        .containsExactly(String.valueOf(taken));
    assertThat(kitchen.texts("select count(*) from event"))
        .containsExactly(String.valueOf(taken + pots.size()));
    assertThat(taken).isPositive();
  }

  @Test
  void ten_thousand_due_deadlines_are_decided_and_callers_pass_between_them() throws Exception {
    var handler = started();
    var streams = 10_000;
    seed(streams);
    assertThat(kitchen.texts("select count(*) from deadline")).containsExactly("" + streams);
    var names = kitchen.texts("select stream from deadline order by due_at, rank, stream");
    clock.pass(Duration.ofHours(1));
    var begin = System.nanoTime();
    var woken =
        callers.submit(() -> names.stream().map(StreamId::parse).map(handler::wake).toList());
    assertThat(handler.handle(fill(ana, 1)).status()).isEqualTo(200);
    var answered = System.nanoTime() - begin;
    for (var wake : get(woken)) wake.get(60, TimeUnit.SECONDS);
    var all = System.nanoTime() - begin;
    assertThat(answered).isLessThan(all / 2);
    assertThat(kitchen.texts("select count(*) from deadline")).containsExactly("0");
    assertThat(
            kitchen.texts(
                "select count(*) from event where type = 'pot.boiled.v1' and actor = 'DEADLINE'"))
        .containsExactly("" + streams);
  }

  /// Straight into the tables, as the handler would have written it.
  private void seed(int streams) throws Exception {
    try (var connection = kitchen.connect(kitchen.database.owner());
        var statement = connection.createStatement()) {
      statement.execute(
          """
          with pot as (select gen_random_uuid() as id from generate_series(1, %d)),
          event as (
            insert into event (event_id, stream, version, previous_published, has_message, type,
              data, correlation_id, causation_id, actor, origin, time)
            select id, 'pot-' || id, 1, 0, true, 'pot.filled.v1',
              '{"litres": 5, "boilsAt": "2026-01-05T09:30:00Z"}', id, id, 'COOK:1', 'SERVICE', '%s'
            from pot)
          insert into deadline (stream, name, rank, due_at)
          select 'pot-' || id, 'boilsAt', 1, '2026-01-05T09:30:00Z' from pot
          """
              .formatted(streams, MONDAY));
    }
  }
}
