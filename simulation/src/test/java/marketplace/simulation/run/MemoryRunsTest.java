package marketplace.simulation.run;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.journal.Published;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.run.Figures.End;
import marketplace.simulation.run.Figures.Outcome;
import marketplace.simulation.run.OrderLife.Placed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryRunsTest {
  private static final int ORDERS = 300;
  private static final Played PLAYED = whole(Plans.busy(42, ORDERS, "STANDARD_72H", "DECLINE_3D"));

  private static final Played FEW = whole(Plans.busy(5, 120, "STANDARD_72H"));

  private static final Set<String> ENDS =
      Set.of("OrderCancelled", "OrderUnitsCancelled", "OrderCompleted", "DisputeResolved");

  private static Played whole(RunPlan plan) {
    return MemoryRuns.play(
        plan, IntStream.range(0, plan.workload().orders()).boxed().toList(), List.of());
  }

  @Test
  void every_order_comes_to_its_end_and_keeps_every_invariant() {
    assertThat(PLAYED.orders()).extracting(Placed::order).hasSize(ORDERS).doesNotHaveDuplicates();
    assertThat(PLAYED.orders())
        .filteredOn(order -> order.orderId() != null)
        .allSatisfy(order -> {
          var id = Objects.requireNonNull(order.orderId());
          var account = new OrderAccount(id);
          PLAYED.journal().of(id).forEach(account::watch);
          assertThat(account.settled()).isEmpty();
          assertThat(account.isFinal()).as("order %s is at its end", order).isTrue();
          assertThat(PLAYED.journal().rejectedOf(id)).isEmpty();
        });
  }

  @Test
  void everything_that_people_may_do_is_done() {
    var figures = Figures.of(PLAYED);

    assertThat(figures.ends())
        .doesNotContainKey(End.OPEN)
        .containsKeys(End.CANCELLED, End.COMPLETED);
    assertThat(figures.count(Outcome.OPEN)).isZero();
    // No policy of these approves by itself, and no seller cancels of his own accord.
    var cannotBe = EnumSet.of(Outcome.OPEN, Outcome.AUTO_APPROVED, Outcome.OVERTAKEN);
    for (var outcome : EnumSet.complementOf(cannotBe)) {
      assertThat(figures.count(outcome)).as("requests that ended %s", outcome).isPositive();
    }
    assertThat(figures.disputes()).isPositive();
    assertThat(figures.couponsBack()).isPositive();
    assertThat(figures.points()).isPositive();
    assertThat(figures.hoursToIssued(0.5)).isPositive().isLessThan(72);
    assertThat(figures.hoursToSettled(0.95)).isGreaterThan(figures.hoursToSettled(0.5));
  }

  @Test
  void the_same_plan_is_the_same_run_and_another_seed_another() {
    var plan = Plans.busy(1, 60, "STANDARD_72H");
    var hash = TraceHash.of(whole(plan)).hash();

    assertThat(TraceHash.of(whole(plan)).hash()).isEqualTo(hash);
    assertThat(TraceHash.of(whole(plan.withSeed(2))).hash()).isNotEqualTo(hash);
  }

  @Test
  void what_is_stored_and_what_is_told_answer_all_questions_alike() {
    var result = Runs.inMemory(Plans.busy(3, 120, "STANDARD_72H"), List.of(), _ -> {});
    var plan = result.plan();
    var played = MemoryRuns.play(plan, IntStream.range(0, 120).boxed().toList(), List.of());
    var reader = new TopicReader(plan.start(), plan.end());
    played
        .orders()
        .forEach(order -> {
          var id = order.orderId();
          if (id != null) played.journal().of(id).forEach(reader::read);
        });

    assertThat(result.broken()).isEmpty();
    assertThat(result.expected().requestsOpenFor48Hours()).isNotEmpty();
    assertThat(result.expected().moneyHeldAtMidnight().values()).anyMatch(held -> held > 0);
    assertThat(result.expected()).isEqualTo(reader.answers());
  }

  /// The channel and the time may differ.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind': 'PROVIDER_REFUSES', 'rate': 0.1, 'times': 1, 'code': 'EXPIRED_CARD'}",
        "{'kind': 'PROVIDER_REFUSES', 'rate': 0.1, 'code': 'CARD_CLOSED'}",
        "{'kind': 'PROVIDER_DELAYS_CAPTURE', 'rate': 0.1, 'seconds': 600}",
        "{'kind': 'SETTLEMENT_LOST', 'rate': 0.1}"
      })
  void whatever_a_provider_does_nobody_gets_more_or_less(String rule) throws Exception {
    var plan = FEW.plan();
    var faults = new ObjectMapper().readTree("{'rules': [%s]}".formatted(rule).replace('\'', '"'));
    var ids = new SeededIds(plan.seed());
    var market = new MemoryMarket(plan.start(), ids);
    market.faultsOf("refund-service").replace("test", faults);
    var orders = IntStream.range(0, plan.workload().orders());
    var with =
        new Run(new MemoryWorld(market), plan, orders, market::policy, ids, _ -> true).inSteps();

    assertThat(shares(with)).isEqualTo(shares(FEW));
    assertThat(TraceHash.of(with).hash()).isNotEqualTo(TraceHash.of(FEW).hash());
  }

  /// @param ends events that end an order
  private record Share(Set<String> ends, long captured, long refunded, long paidOut) {}

  /// What each order has come to, by its number.
  private static Map<Integer, Share> shares(Played played) {
    Map<Integer, Share> shares = new TreeMap<>();
    for (var order : played.orders()) {
      var id = order.orderId();
      if (id == null) continue;
      var account = new OrderAccount(id);
      played.journal().of(id).forEach(account::watch);
      assertThat(account.settled()).isEmpty();
      var ends =
          played.journal().of(id).stream()
              .map(Published::type)
              .filter(ENDS::contains)
              .collect(toCollection(TreeSet::new));
      shares.put(
          order.order(),
          new Share(ends, account.captured(), account.refunded(), account.paidOut()));
    }
    return shares;
  }

  /// Some refunds were refused a moment ago, and wait for their next attempt.
  @Test
  void a_run_that_stops_in_the_middle_has_broken_nothing() {
    var run = Runs.inMemory(Plans.hasty(9, 300, "STANDARD_72H"), List.of(), _ -> {});

    assertThat(run.figures().ends()).containsKeys(End.OPEN, End.CANCELLED);
    assertThat(run.broken()).isEmpty();
  }

  @Test
  void parts_add_up_to_the_whole() {
    var plan = Plans.busy(7, 560, "STANDARD_72H");
    var parts = MemoryRuns.parts(plan);
    var digests = new TraceHash.Digests();
    var figures = new Figures();
    for (var part : parts) {
      var played = MemoryRuns.play(plan, part, List.of());
      digests.add(TraceHash.of(played));
      figures.add(Figures.of(played));
    }
    var whole = whole(plan);

    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(digests.hash()).isEqualTo(TraceHash.of(whole).hash());
    assertThat(figures.placed()).isEqualTo(Figures.of(whole).placed());
    assertThat(figures.points()).isEqualTo(Figures.of(whole).points());
  }
}
