package marketplace.simulation.race;

import static java.util.Objects.requireNonNull;
import static marketplace.simulation.race.RaceAction.APPROVE;
import static marketplace.simulation.race.RaceAction.CANCEL;
import static marketplace.simulation.race.RaceAction.DEADLINE;
import static marketplace.simulation.race.RaceAction.PAY;
import static marketplace.simulation.race.RaceAction.REQUEST;
import static marketplace.simulation.race.RaceAction.SHIP;
import static marketplace.simulation.race.RaceAction.SHIP_ONE;
import static marketplace.simulation.race.RaceAction.WITHDRAW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import marketplace.kernel.Policies;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.lives.Spoiled;
import marketplace.simulation.race.RaceResult.Outcome;
import marketplace.simulation.race.Raced.Act;
import marketplace.simulation.race.Raced.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RacesTest {
  private static final Races RACES = new Races(List.of());

  /// The table of the domain, section 9.1: what the second act of a pair is answered, and how both
  /// left it.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "requested | approve, approve*REQUEST_CLOSED     | CANCELLED/APPROVED",
        "requested | approve, decline*REQUEST_CLOSED     | CANCELLED/APPROVED",
        "requested | approve, ship*UNITS_NOT_OPEN        | CANCELLED/APPROVED",
        "requested | approve, deadline*NO_DEADLINE       | CANCELLED/APPROVED",
        "requested | approve, cancel*UNITS_NOT_OPEN      | CANCELLED/APPROVED",
        "requested | approve, offer*REQUEST_CLOSED       | CANCELLED/APPROVED",
        "requested | decline, approve*REQUEST_CLOSED     | AWAITING_SHIPMENT/DECLINED",
        "requested | decline, ship                       | SHIPPED/DECLINED",
        "requested | decline, deadline                   | CANCELLED/DECLINED",
        "requested | decline, cancel                     | CANCELLED/DECLINED",
        "requested | ship, approve*REQUEST_CLOSED        | SHIPPED/SHIPPED",
        "requested | ship, decline*REQUEST_CLOSED        | SHIPPED/SHIPPED",
        "requested | ship, ship*UNITS_NOT_OPEN           | SHIPPED/SHIPPED",
        "requested | ship, cancel*UNITS_NOT_OPEN         | SHIPPED/SHIPPED",
        "requested | withdraw, approve*REQUEST_CLOSED    | AWAITING_SHIPMENT/WITHDRAWN",
        "requested | withdraw, ship                      | SHIPPED/WITHDRAWN",
        "requested | withdraw, deadline                  | CANCELLED/WITHDRAWN",
        "requested | withdraw, offer*REQUEST_CLOSED      | AWAITING_SHIPMENT/WITHDRAWN",
        "requested | deadline, approve*DEADLINE_PASSED   | CANCELLED/TIMED_OUT",
        "requested | deadline, decline*DEADLINE_PASSED   | CANCELLED/TIMED_OUT",
        "requested | deadline, ship*UNITS_NOT_OPEN       | CANCELLED/TIMED_OUT",
        "requested | deadline, offer*DEADLINE_PASSED     | CANCELLED/TIMED_OUT",
        "requested | cancel, approve*REQUEST_CLOSED      | CANCELLED/OVERTAKEN",
        "requested | cancel, ship*UNITS_NOT_OPEN         | CANCELLED/OVERTAKEN",
        "offered   | approve                             | CANCELLED/APPROVED",
        "offered   | decline                             | AWAITING_SHIPMENT/DECLINED",
        "offered   | ship                                | SHIPPED/SHIPPED",
        "offered   | withdraw                            | AWAITING_SHIPMENT/WITHDRAWN",
        "offered   | deadline                            | AWAITING_SHIPMENT/LAPSED",
        "offered   | cancel                              | CANCELLED/OVERTAKEN",
        "offered   | offer*OFFER_LIMIT                   | AWAITING_SHIPMENT/OFFERED",
      })
  void answers_each_pair_as_the_domain_says(String given, String acts, String end) {
    var words = List.of(acts.split(", "));
    var actions = words.stream().map(word -> RaceAction.of(word.replaceAll("\\*.*", ""))).toList();
    var race = new Race(Situation.of(given), actions, Policies.DEFAULT_ID);
    var raced =
        RACES.inMemory(race, false, _ -> {}).orders().stream()
            .filter(one -> one.acts().stream().map(Act::action).toList().equals(words(actions)))
            .findFirst()
            .orElseThrow();
    assertThat(raced.acts().stream().map(RacesTest::written)).isEqualTo(words);
    assertThat(raced.end().order() + "/" + raced.end().cancellation()).isEqualTo(end);
    assertThat(raced.broken()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void begins_in_any_situation(Situation given) {
    var result = RACES.inMemory(new Race(given, DEADLINE), false, _ -> {});
    assertThat(result.orders()).singleElement().matches(raced -> raced.broken().isEmpty());
  }

  @Test
  void silence_declines_where_the_policy_says_so() {
    var race = new Race(Situation.REQUESTED, List.of(DEADLINE, SHIP), "DECLINE_3D");
    assertThat(RACES.inMemory(race, false, _ -> {}).orders().getFirst().end().order())
        .isEqualTo("SHIPPED");
  }

  @Test
  void every_order_of_the_actions_is_there_once() {
    var result =
        RACES.inMemory(
            new Race(Situation.REQUESTED, SHIP, APPROVE, WITHDRAW, DEADLINE), false, _ -> {});
    assertThat(result.orders()).hasSize(24).doesNotHaveDuplicates();
    assertThat(result.outcomes().stream().map(Outcome::count)).containsExactly(6, 6, 6, 3, 3);
    assertThat(result.orders()).allMatch(raced -> raced.broken().isEmpty());
    assertThat(result.story()).isNull();
    assertThat(new Race(Situation.PAID, REQUEST, REQUEST, SHIP).orders()).hasSize(3);
  }

  @Test
  void a_race_has_six_actions_at_most() {
    var seven = Collections.nCopies(Race.ACTIONS_MAX + 1, SHIP);
    assertThatThrownBy(() -> new Race(Situation.PAID, seven, Policies.DEFAULT_ID))
        .hasMessage("actions must name one to 6, were 7");
    assertThatThrownBy(() -> RaceAction.of("fly")).hasMessageContaining("withdraw");
    assertThatThrownBy(() -> Situation.of("lent")).hasMessageContaining("under-review");
  }

  @Test
  void money_stands_beside_the_states() {
    var raced = RACES.inMemory(new Race(Situation.PAID, SHIP_ONE, CANCEL), false, _ -> {}).orders();
    assertThat(raced.getFirst().end())
        .isEqualTo(new End("SHIPPED", "NONE", "PARTIAL", "NONE", 5000, 2500, 0, 2500));
  }

  /// X1, X2 and X3, X7 of the domain, section 9.2.
  @Test
  void a_request_that_is_still_on_its_way_is_declined_by_the_shipment() {
    assertOutcomes(
        new Race(Situation.PAID, REQUEST, SHIP),
        "SHIPPED/DECLINED",
        "SHIPPED/NONE",
        "SHIPPED/SHIPPED");
  }

  @Test
  void withdrawal_and_approval_cross() {
    assertOutcomes(
        new Race(Situation.REQUESTED, WITHDRAW, APPROVE),
        "AWAITING_SHIPMENT/WITHDRAWN",
        "CANCELLED/APPROVED");
  }

  @Test
  void capture_and_cancellation_cross() {
    assertOutcomes(
        new Race(Situation.PLACED, PAY, REQUEST), "AWAITING_SHIPMENT/PENDING", "CANCELLED/NONE");
  }

  /// A seller's side that forgets that it has approved takes silence for an answer later.
  @Test
  void a_broken_invariant_is_told_by_the_shortest_story() {
    var forgetful =
        new Races(List.of(), Spoiled.with("fulfilment", Spoiled.forgets("SellerApproved")));
    var result =
        forgetful.inMemory(new Race(Situation.REQUESTED, WITHDRAW, APPROVE, SHIP), false, _ -> {});
    assertThat(result.isBroken()).isTrue();
    assertThat(result.story())
        .startsWith("sequenceDiagram\n  actor Seller\n  participant Orders as order-service\n")
        .contains("  Seller->>Sellers: approve\n  Note over Sellers: SellerApproved\n")
        .contains("  Note over Sellers: SellerTimedOut\n")
        .contains("  Note over Orders,Disputes: broken: U1, ")
        .doesNotContain("Sellers: ship\n", "Orders: withdraw\n");
  }

  @Test
  void and_with_the_facts_that_were_heard_where_nobody_waits() {
    var forgetful =
        new Races(List.of(), Spoiled.with("fulfilment", Spoiled.forgets("SellerApproved")));
    var found = new Interleavings(forgetful, new Race(Situation.PAID, REQUEST, APPROVE)).explore();
    assertThat(found.interleaved().broken()).extracting(Broken::id).contains("U1");
    assertThat(found.story())
        .contains(
            """
              Buyer->>Orders: request
              Note over Orders: CancellationRequested
              Orders-->>Sellers: CancellationRequested
              Seller->>Sellers: approve
            """);
  }

  private static void assertOutcomes(Race race, String... ends) {
    var interleaved = requireNonNull(RACES.inMemory(race, true, _ -> {}).interleaved());
    assertThat(interleaved.complete()).isTrue();
    assertThat(interleaved.broken()).isEmpty();
    assertThat(
            interleaved.outcomes().stream()
                .map(one -> one.end().order() + "/" + one.end().cancellation())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(ends);
  }

  private static List<String> words(List<RaceAction> actions) {
    return actions.stream().map(RaceAction::word).toList();
  }

  private static String written(Act act) {
    return act.accepted() ? act.action() : act.action() + "*" + act.code();
  }
}
