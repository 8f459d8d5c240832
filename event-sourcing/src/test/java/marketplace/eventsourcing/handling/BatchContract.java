package marketplace.eventsourcing.handling;

import static marketplace.eventsourcing.sample.Pot.ask;
import static marketplace.eventsourcing.sample.Pot.pot;
import static marketplace.eventsourcing.sample.SteppedTime.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.RenderedAnswer;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.handling.Result.Handling;
import marketplace.eventsourcing.sample.Neighbour;
import marketplace.eventsourcing.sample.Pot;
import marketplace.eventsourcing.sample.SteppedTime;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.store.SetAside;
import marketplace.eventsourcing.store.Wanted;
import marketplace.eventsourcing.tracing.Tracing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What becomes of the members of a batch; the same on every store.
abstract class BatchContract {
  final SteppedTime clock = new SteppedTime();
  final UUID ana = UUID.randomUUID();
  final UUID lin = UUID.randomUUID();
  private final Neighbour neighbour = new Neighbour();
  private final HandlerSettings settings =
      HandlerSettings.of("kitchen", "UNKNOWN_POT", Set.of("TOO_LITTLE"));
  private EventStore store;
  private BatchRunner runner;

  abstract EventStore store(InstantSource wall);

  @BeforeEach
  void open() {
    store = store(clock);
    var reader = new FactReader(List.of(Pot.INBOUND), clock);
    runner =
        new BatchRunner(
            store,
            Rules.of(
                new Aggregates(List.of(Pot.AGGREGATE)), reader, settings, Pot.JSON, Tracing.OFF),
            clock,
            clock,
            _ -> {});
  }

  List<Result> run(Task... tasks) {
    return runner.run(Arrays.asList(tasks), true);
  }

  private RenderedAnswer answer(Task task) {
    return answered(run(task).getFirst());
  }

  private static RenderedAnswer answered(Result result) {
    assertThat(result).isInstanceOf(Result.Answered.class);
    return ((Result.Answered) result).answer();
  }

  private Handling handled(Delivery delivery) {
    return handled(run(fact(delivery)).getFirst());
  }

  private static Handling handled(Result result) {
    assertThat(result).isInstanceOf(Result.Handled.class);
    return ((Result.Handled) result).how();
  }

  private static Task command(UUID pot, Pot.Command command) {
    return new Task.Command(ask(pot, command));
  }

  private static Task command(UUID pot, Pot.Command command, String key) {
    return new Task.Command(ask(pot, command, key, null));
  }

  private Task fact(Delivery delivery) {
    return new Task.Arrival(runner.read(delivery), null);
  }

  private static Pot.Command.Fill fill(int litres) {
    return new Pot.Command.Fill(litres, null);
  }

  private static Pot.Command.Fill fillAndBoil(int litres, Instant at) {
    return new Pot.Command.Fill(litres, at);
  }

  private static Pot.Command.Take take(int litres) {
    return new Pot.Command.Take(litres);
  }

  private List<? extends StoredEvent<?>> events(StreamId stream) {
    try (var transaction = store.begin()) {
      var history = transaction.read(Wanted.streams(Set.of(stream))).histories().get(stream);
      return history == null ? List.of() : history.events();
    }
  }

  private List<Object> happened(UUID pot) {
    return events(pot(pot)).stream().<Object>map(StoredEvent::event).toList();
  }

  private static JsonNode json(RenderedAnswer answer) {
    try {
      return Pot.JSON.readTree(String.valueOf(answer.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Nested
  class A_command {
    @Test
    void is_stored_with_its_trace_and_answered_from_the_state_it_leaves() {
      var request = ask(ana, fill(5));
      var answer = answer(new Task.Command(request));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers())
          .containsEntry("ETag", "\"1\"")
          .containsEntry("Content-Type", "application/json");
      assertThat(answer.body()).isEqualTo("{\"version\":1,\"litres\":5,\"boiled\":0}");
      var stored = events(pot(ana)).getFirst();
      assertThat(stored.eventId()).isEqualTo(StoredEvent.eventId(pot(ana), 1));
      assertThat(stored.trace()).isEqualTo(request.trace());
      assertThat(stored.time()).isEqualTo(MONDAY);
      assertThat(stored.hasMessage()).isTrue();
    }

    @Test
    void decides_on_what_the_one_before_it_in_the_batch_has_left() {
      var results = run(command(ana, fill(5)), command(ana, take(3)), command(ana, take(3)));
      assertThat(json(answered(results.get(1))).get("litres").asInt()).isEqualTo(2);
      assertThat(json(answered(results.get(2))).get("code").asText()).isEqualTo("TOO_LITTLE");
      assertThat(happened(ana)).containsExactly(filled(5), new Pot.Event.Taken(3));
    }

    @Test
    void that_expects_another_version_changes_nothing() {
      run(command(ana, fill(5)));
      var answer = answer(new Task.Command(ask(ana, take(1), null, 7)));
      assertThat(answer.status()).isEqualTo(412);
      assertThat(happened(ana)).containsExactly(filled(5));
    }

    @Test
    void whose_rules_fail_harms_nobody_else() {
      var results =
          run(command(ana, fill(5)), command(lin, new Pot.Command.Trip()), command(ana, take(1)));
      assertThat(results.get(1)).isInstanceOf(Result.Failed.class);
      assertThat(happened(ana)).containsExactly(filled(5), new Pot.Event.Taken(1));
      assertThat(happened(lin)).isEmpty();
    }

    @Test
    void numbers_what_was_published_before_over_private_events() {
      run(command(ana, fill(5)), command(ana, new Pot.Command.Label("x")), command(ana, take(1)));
      assertThat(events(pot(ana)))
          .extracting(StoredEvent::previousPublished, StoredEvent::hasMessage)
          .containsExactly(tuple(0, true), tuple(1, false), tuple(1, true));
    }
  }

  @Nested
  class A_consequence {
    private final Pot.Event poured = new Pot.Event.Poured(2, lin);
    private final Pot.Event received = new Pot.Event.Received(2);

    @Test
    void is_decided_by_the_other_stream_and_stored_with_its_cause() {
      run(command(ana, fill(5)), command(lin, fill(1)));
      assertThat(answer(command(ana, pour(2))).status()).isEqualTo(200);
      assertThat(happened(ana)).containsExactly(filled(5), poured);
      assertThat(happened(lin)).containsExactly(filled(1), received);
      var cause = events(pot(ana)).getLast();
      var followed = events(pot(lin)).getLast();
      assertThat(followed.trace().causationId()).isEqualTo(cause.eventId());
      assertThat(followed.trace().correlationId()).isEqualTo(cause.trace().correlationId());
      assertThat(followed.time()).isEqualTo(cause.time());
    }

    @Test
    void that_is_refused_takes_its_cause_with_it() {
      run(command(ana, fill(5)));
      var results = run(command(ana, take(1)), command(ana, pour(2)), command(ana, take(1)));
      assertThat(json(answered(results.get(1))).get("code").asText())
          .isEqualTo("NOTHING_TO_POUR_INTO");
      assertThat(happened(ana))
          .containsExactly(filled(5), new Pot.Event.Taken(1), new Pot.Event.Taken(1));
      assertThat(happened(lin)).isEmpty();
    }

    @Test
    void meets_what_others_of_the_batch_have_left_there() {
      run(command(ana, fill(5)));
      var results = run(command(lin, fill(1)), command(ana, pour(2)), command(lin, take(3)));
      assertThat(results).allMatch(result -> answered(result).status() == 200);
      assertThat(happened(lin)).containsExactly(filled(1), received, new Pot.Event.Taken(3));
    }

    @Test
    void follows_a_fact_as_well_or_has_it_refused() {
      run(command(lin, fill(1)));
      run(fact(neighbour.says(ana, 1, 0, "Filled", "5")));
      assertThat(handled(neighbour.says(ana, 2, 1, "Poured", lin.toString())))
          .isEqualTo(Handling.APPLIED);
      assertThat(happened(lin)).containsExactly(filled(1), new Pot.Event.Received(1));
      assertThat(handled(neighbour.says(ana, 3, 2, "Poured", UUID.randomUUID().toString())))
          .isEqualTo(Handling.REFUSED);
      assertThat(happened(ana)).hasSize(2);
    }

    private Pot.Command.Pour pour(int litres) {
      return new Pot.Command.Pour(litres, lin);
    }
  }

  @Nested
  class A_follow_up {
    @BeforeEach
    void take_two_litres() {
      run(command(ana, fill(5)), command(ana, take(2)));
    }

    @Test
    void is_decided_by_the_other_stream_at_the_time_of_its_cause() {
      run(command(Pot.BUCKET, fill(1)));
      clock.pass(Duration.ofHours(1));
      assertThat(handled(run(followUp()).getFirst())).isEqualTo(Handling.APPLIED);
      assertThat(happened(Pot.BUCKET)).containsExactly(filled(1), new Pot.Event.Received(2));
      var cause = events(pot(ana)).getLast();
      var followed = events(pot(Pot.BUCKET)).getLast();
      assertThat(followed.trace().causationId()).isEqualTo(cause.eventId());
      assertThat(followed.trace().correlationId()).isEqualTo(cause.trace().correlationId());
      assertThat(followed.time()).isEqualTo(cause.time());
    }

    @Test
    void happens_once_within_a_batch_and_ever_after() {
      run(command(Pot.BUCKET, fill(1)));
      assertThat(run(followUp(), followUp()))
          .extracting(BatchContract::handled)
          .containsExactly(Handling.APPLIED, Handling.DUPLICATE);
      assertThat(handled(run(followUp()).getFirst())).isEqualTo(Handling.DUPLICATE);
      assertThat(happened(Pot.BUCKET)).hasSize(2);
    }

    @Test
    void meets_what_others_of_the_batch_have_left_there() {
      run(command(Pot.BUCKET, fill(1)), command(lin, fill(5)), command(lin, take(3)));
      var results = run(followUp(), followUp(lin), command(Pot.BUCKET, take(6)));
      assertThat(answered(results.getLast()).status()).isEqualTo(200);
      assertThat(happened(Pot.BUCKET))
          .containsExactly(
              filled(1),
              new Pot.Event.Received(2),
              new Pot.Event.Received(3),
              new Pot.Event.Taken(6));
    }

    @Test
    void that_is_refused_is_let_go_for_good() {
      assertThat(handled(run(followUp()).getFirst())).isEqualTo(Handling.REFUSED);
      run(command(Pot.BUCKET, fill(1)));
      assertThat(handled(run(followUp()).getFirst())).isEqualTo(Handling.DUPLICATE);
      assertThat(happened(Pot.BUCKET)).containsExactly(filled(1));
    }

    private Task followUp() {
      return followUp(ana);
    }

    private Task followUp(UUID pot) {
      return runner.followUps(events(pot(pot)).getLast());
    }
  }

  private static Pot.Event.Filled filled(int litres) {
    return new Pot.Event.Filled(litres, null);
  }

  @Nested
  class A_key {
    @Test
    void gets_the_first_answer_again() {
      var first = answer(command(ana, fill(5), "k"));
      var second = answer(command(ana, fill(5), "k"));
      assertThat(second.body()).isEqualTo(first.body());
      assertThat(second.headers()).containsEntry("Idempotent-Replayed", "true");
      assertThat(second.headers()).containsEntry("ETag", "\"1\"");
      assertThat(happened(ana)).hasSize(1);
    }

    @Test
    void is_known_within_the_batch() {
      var results = run(command(ana, fill(5), "k"), command(ana, fill(5), "k"));
      assertThat(answered(results.get(1)).headers()).containsEntry("Idempotent-Replayed", "true");
      assertThat(happened(ana)).hasSize(1);
    }

    @Test
    void with_another_body_is_refused() {
      run(command(ana, fill(5), "k"));
      var answer = answer(command(ana, fill(6), "k"));
      assertThat(answer.status()).isEqualTo(422);
      assertThat(json(answer).get("code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
      assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void keeps_a_refusal_too() {
      run(command(ana, fill(5)));
      run(command(ana, fill(5), "k"));
      var again = answer(command(ana, fill(5), "k"));
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.headers()).containsEntry("Idempotent-Replayed", "true");
    }

    @Test
    void does_not_keep_an_answer_that_asks_for_another_try() {
      run(command(ana, fill(2)));
      assertThat(answer(command(ana, take(3), "k")).status()).isEqualTo(409);
      assertThat(answer(command(ana, take(3), "k")).headers())
          .doesNotContainKey("Idempotent-Replayed");
      var mismatch = new Task.Command(ask(ana, take(1), "v", 9));
      assertThat(answer(mismatch).status()).isEqualTo(412);
      assertThat(answer(mismatch).headers()).doesNotContainKey("Idempotent-Replayed");
    }
  }

  @Nested
  class A_deadline {
    @Test
    void decides_at_its_own_instant_before_a_later_command() {
      var boilsAt = MONDAY.plusSeconds(60);
      run(command(ana, fillAndBoil(5, boilsAt)));
      clock.pass(Duration.ofHours(1));
      var answer = answer(command(ana, take(1)));
      assertThat(json(answer).get("boiled").asInt()).isEqualTo(1);
      var stored = events(pot(ana));
      assertThat(stored)
          .extracting(StoredEvent::time)
          .containsExactly(MONDAY, boilsAt, MONDAY.plus(Duration.ofHours(1)));
      var filled = stored.getFirst();
      assertThat(stored.get(1).trace())
          .isEqualTo(filled.trace().causedBy(filled.eventId(), "DEADLINE"));
    }

    @Test
    void stays_when_the_command_behind_it_is_refused() {
      run(command(ana, fillAndBoil(5, MONDAY)));
      run(command(ana, take(9)));
      assertThat(happened(ana)).hasSize(2).last().isEqualTo(new Pot.Event.Boiled());
    }

    @Test
    void fires_when_its_stream_is_woken_and_the_bound_admits_it() {
      run(command(ana, fillAndBoil(5, MONDAY)));
      clock.bound(new ClockRecord.Bound(MONDAY, 0, ana.toString()));
      run(new Task.Wake(pot(ana)));
      assertThat(happened(ana)).hasSize(1);
      clock.bound(new ClockRecord.Bound(MONDAY, 1, ana.toString()));
      run(new Task.Wake(pot(ana)));
      run(new Task.Wake(pot(ana)));
      assertThat(happened(ana)).hasSize(2);
    }

    @Test
    void does_not_wait_for_one_that_is_not_due() {
      run(command(ana, fillAndBoil(5, MONDAY.plusMillis(1))));
      run(new Task.Wake(pot(ana)));
      assertThat(happened(ana)).hasSize(1);
    }
  }

  @Nested
  class A_fact {
    @Test
    void is_applied_once() {
      var filled = neighbour.says(ana, 1, 0, "Filled", "5");
      assertThat(handled(filled)).isEqualTo(Handling.APPLIED);
      assertThat(handled(filled)).isEqualTo(Handling.DUPLICATE);
      assertThat(happened(ana)).containsExactly(filled(5));
    }

    @Test
    void is_a_repetition_within_its_batch_too() {
      var filled = neighbour.says(ana, 1, 0, "Filled", "5");
      var results = run(fact(filled), fact(filled));
      assertThat(handled(results.get(1))).isEqualTo(Handling.DUPLICATE);
    }

    @Test
    void with_a_version_that_was_seen_is_a_repetition_under_a_new_id() {
      run(fact(neighbour.says(ana, 1, 0, "Filled", "5")));
      assertThat(handled(neighbour.says(ana, 1, 0, "Took", "5"))).isEqualTo(Handling.DUPLICATE);
    }

    @Test
    void of_a_foreign_type_is_skipped_and_counts() {
      assertThat(handled(neighbour.says(ana, 1, 0, "Sang", "la"))).isEqualTo(Handling.SKIPPED);
      assertThat(handled(neighbour.says(ana, 2, 1, "Filled", "5"))).isEqualTo(Handling.APPLIED);
    }

    @Test
    void against_the_rules_is_copied_to_the_refused_ones() {
      run(fact(neighbour.says(ana, 1, 0, "Filled", "5")));
      var id = UUID.randomUUID();
      var took = neighbour.says(id, ana, 2, 1, "Took", "9", MONDAY);
      assertThat(handled(took)).isEqualTo(Handling.REFUSED);
      assertThat(happened(ana)).containsExactly(filled(5));
      var copy = events(RejectedFact.streamOf(id)).getFirst();
      assertThat(copy.type()).isEqualTo("rejected.fact.v1");
      assertThat(copy.event())
          .isEqualTo(
              new RejectedFact(
                  ana.toString(), "Took", "urn:sample:Took:v1", "9", "kitchen", "TOO_LITTLE"));
      assertThat(handled(took)).isEqualTo(Handling.DUPLICATE);
    }

    @Test
    void is_parked_until_its_stream_is_opened_and_applied_with_the_opening_in_order() {
      assertThat(handled(neighbour.says(ana, 1, 0, "Took", "1"))).isEqualTo(Handling.PARKED);
      assertThat(handled(neighbour.says(ana, 2, 1, "Took", "2"))).isEqualTo(Handling.PARKED);
      assertThat(store.setAside(10))
          .extracting(SetAside::awaits)
          .containsExactly(pot(ana).toString(), pot(ana).toString());
      run(command(ana, fill(5)));
      assertThat(happened(ana))
          .containsExactly(filled(5), new Pot.Event.Taken(1), new Pot.Event.Taken(2));
      assertThat(store.setAside(10)).isEmpty();
    }

    @Test
    void is_parked_and_released_within_one_batch() {
      run(
          fact(neighbour.says(ana, 1, 0, "Took", "1")),
          command(ana, fill(5)),
          fact(neighbour.says(ana, 2, 1, "Took", "2")));
      assertThat(happened(ana))
          .containsExactly(filled(5), new Pot.Event.Taken(1), new Pot.Event.Taken(2));
      assertThat(store.setAside(10)).isEmpty();
    }

    @Test
    void behind_a_gap_is_held_until_the_missing_one_comes() {
      var first = neighbour.says(ana, 1, 0, "Filled", "9");
      var second = neighbour.says(ana, 3, 1, "Took", "1");
      var third = neighbour.says(ana, 4, 3, "Took", "2");
      assertThat(handled(third)).isEqualTo(Handling.HELD);
      assertThat(handled(third)).isEqualTo(Handling.DUPLICATE);
      assertThat(handled(second)).isEqualTo(Handling.HELD);
      assertThat(handled(first)).isEqualTo(Handling.APPLIED);
      assertThat(happened(ana))
          .containsExactly(filled(9), new Pot.Event.Taken(1), new Pot.Event.Taken(2));
      assertThat(store.setAside(10)).isEmpty();
      assertThat(handled(neighbour.says(ana, 5, 4, "Took", "3"))).isEqualTo(Handling.APPLIED);
    }

    @Test
    void without_versions_takes_no_part_in_counting() {
      assertThat(handled(neighbour.injects(ana, "Filled", "5"))).isEqualTo(Handling.APPLIED);
      assertThat(handled(neighbour.says(ana, 1, 0, "Took", "1"))).isEqualTo(Handling.APPLIED);
    }

    @Test
    void that_cannot_be_read_is_set_aside_and_its_version_counts() {
      assertThat(handled(neighbour.says(ana, 1, 0, "Filled", "much")))
          .isEqualTo(Handling.UNREADABLE);
      assertThat(handled(neighbour.says(ana, 2, 1, "Filled", "5"))).isEqualTo(Handling.APPLIED);
      assertThat(store.setAside(10))
          .extracting(SetAside::kind)
          .containsExactly(SetAside.Kind.UNREADABLE);
    }

    @Test
    void without_an_envelope_is_set_aside_once() {
      var nonsense =
          new Delivery.Received(Pot.NEIGHBOURS, 0, 77, null, Map.of(), new byte[] {0, 1}, MONDAY);
      assertThat(handled(nonsense)).isEqualTo(Handling.UNREADABLE);
      assertThat(handled(nonsense)).isEqualTo(Handling.UNREADABLE);
      assertThat(store.setAside(10)).hasSize(1);
    }

    @Test
    void lets_the_deadlines_before_it_decide_first() {
      run(command(ana, fillAndBoil(5, MONDAY.plusSeconds(1))));
      var took = neighbour.says(UUID.randomUUID(), ana, 1, 0, "Took", "1", MONDAY.plusSeconds(5));
      run(fact(took));
      assertThat(events(pot(ana)))
          .extracting(StoredEvent::time)
          .containsExactly(MONDAY, MONDAY.plusSeconds(1), MONDAY.plusSeconds(5));
    }

    @Test
    void that_was_told_for_a_time_to_come_by_hand_happens_now() {
      var hand =
          neighbour.says(
              UUID.randomUUID(), ana, null, null, "Filled", "5", MONDAY.plusSeconds(900));
      run(fact(hand));
      assertThat(events(pot(ana)).getFirst().time()).isEqualTo(MONDAY);
    }

    @Test
    void whose_rules_fail_for_good_is_set_aside_and_holds_those_behind_it() {
      run(command(ana, fill(5)));
      var incoming = runner.read(neighbour.says(ana, 1, 0, "Tripped", ""));
      assertThat(run(new Task.Arrival(incoming, null)).getFirst())
          .isInstanceOf(Result.Failed.class);
      var fault = new Fault("tripped", 5, MONDAY);
      assertThat(handled(run(new Task.Arrival(incoming, fault)).getFirst()))
          .isEqualTo(Handling.FAULTY);
      assertThat(handled(neighbour.says(ana, 2, 1, "Took", "1"))).isEqualTo(Handling.HELD);
      assertThat(store.dueForRetry(MONDAY, MONDAY, 10))
          .extracting(SetAside::kind)
          .containsExactly(SetAside.Kind.FAULTY);
    }
  }

  @Nested
  class What_is_parked {
    private Handling retry(boolean refusable) {
      var record = store.setAside(1).getFirst();
      return handled(
          run(new Task.Retry(record, runner.read(record.delivery()), refusable)).getFirst());
    }

    @Test
    void waits_on_while_nothing_has_changed() {
      run(fact(neighbour.says(ana, 1, 0, "Hinted", "salt")));
      assertThat(retry(false)).isEqualTo(Handling.AWAITING);
      assertThat(store.setAside(10)).extracting(SetAside::awaits).containsExactly("salt");
    }

    @Test
    void is_refused_when_it_has_waited_for_too_long() {
      var id = UUID.randomUUID();
      run(fact(neighbour.says(id, ana, 1, 0, "Took", "1", MONDAY)));
      assertThat(retry(false)).isEqualTo(Handling.PARKED);
      assertThat(retry(true)).isEqualTo(Handling.REFUSED);
      assertThat(store.setAside(10)).isEmpty();
      assertThat(((RejectedFact) events(RejectedFact.streamOf(id)).getFirst().event()).reason())
          .isEqualTo("UNKNOWN_POT");
    }

    @Test
    void waits_on_for_a_stream_that_is_there_but_not_ready_for_it() {
      run(command(ana, new Pot.Command.Label("for soup")));
      run(
          fact(neighbour.says(ana, 1, 0, "Took", "1")),
          fact(neighbour.says(ana, 2, 1, "Took", "2")));
      assertThat(store.setAside(10)).hasSize(2);
      assertThat(retry(false)).isEqualTo(Handling.PARKED);
      assertThat(store.setAside(10)).hasSize(2);
      run(fact(neighbour.says(ana, 3, 2, "Filled", "5")));
      assertThat(happened(ana))
          .containsExactly(
              new Pot.Event.Labelled("for soup"),
              filled(5),
              new Pot.Event.Taken(1),
              new Pot.Event.Taken(2));
      assertThat(store.setAside(10)).isEmpty();
    }

    @Test
    void is_refused_where_the_stream_was_not_ready_for_too_long() {
      run(command(ana, new Pot.Command.Label("for soup")));
      var id = UUID.randomUUID();
      run(fact(neighbour.says(id, ana, 1, 0, "Took", "1", MONDAY)));
      assertThat(retry(true)).isEqualTo(Handling.REFUSED);
      assertThat(store.setAside(10)).isEmpty();
      assertThat(((RejectedFact) events(RejectedFact.streamOf(id)).getFirst().event()).reason())
          .isEqualTo("UNKNOWN_POT");
    }

    @Test
    void is_due_when_its_stream_exists_or_it_is_old() {
      run(fact(neighbour.says(ana, 1, 0, "Took", "1")));
      var now = clock.instant();
      assertThat(store.dueForRetry(now.minusSeconds(300), now, 10)).isEmpty();
    }
  }
}
