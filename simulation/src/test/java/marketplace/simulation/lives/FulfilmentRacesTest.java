package marketplace.simulation.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import marketplace.simulation.lives.Move.Act;
import marketplace.simulation.lives.Move.Action;
import marketplace.simulation.lives.Move.Pass;
import marketplace.simulation.lives.Move.Settle;
import marketplace.simulation.lives.Move.Wake;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Who comes first decides: the table of the domain, section 9.1, cell by cell.
class FulfilmentRacesTest {
  private static final int STANDARD = 0;
  private static final int SILENCE_DECLINES = 18;

  private static final List<Action> SECOND =
      List.of(
          Action.APPROVE,
          Action.DECLINE,
          Action.SHIP_ALL,
          Action.CANCEL_AS_SELLER,
          Action.OFFER,
          Action.WITHDRAW);

  /// One line of the table: what comes first, and how each of the second ones is answered. A
  /// withdrawal is answered with an event, or with silence.
  private record Row(String first, int placed, boolean late, List<Move> moves, String answers) {}

  private static final List<Row> TABLE =
      List.of(
          row("approve", act(Action.APPROVE), "CLOSED CLOSED NOT_OPEN NOT_OPEN CLOSED ignored"),
          row("decline", act(Action.DECLINE), "CLOSED CLOSED 201 200 CLOSED ignored"),
          row("ship", act(Action.SHIP_ALL), "CLOSED CLOSED NOT_OPEN NOT_OPEN CLOSED ignored"),
          row("withdraw", act(Action.WITHDRAW), "CLOSED CLOSED 201 200 CLOSED ignored"),
          new Row(
              "reply deadline, silence approves",
              STANDARD,
              false,
              pass(Duration.ofHours(72)),
              "PASSED PASSED NOT_OPEN NOT_OPEN PASSED ignored"),
          new Row(
              "reply deadline, silence declines",
              SILENCE_DECLINES,
              false,
              pass(Duration.ofHours(72)),
              "PASSED PASSED 201 200 PASSED ignored"),
          new Row(
              "ship deadline",
              STANDARD,
              true,
              pass(Duration.ofHours(48)),
              "CLOSED CLOSED NOT_OPEN NOT_OPEN CLOSED ignored"),
          row(
              "seller cancels",
              act(Action.CANCEL_AS_SELLER),
              "CLOSED CLOSED NOT_OPEN NOT_OPEN CLOSED ignored"),
          row("offer", act(Action.OFFER), "200 200 201 200 OFFER_LIMIT withdrawn"));

  @TestFactory
  Stream<DynamicTest> is_decided_by_who_comes_first() {
    return TABLE.stream()
        .flatMap(row -> {
          List<DynamicTest> cells = new ArrayList<>();
          var answers = List.of(row.answers().split(" "));
          for (var i = 0; i < SECOND.size(); i++) {
            var second = SECOND.get(i);
            var expected = answers.get(i);
            cells.add(
                DynamicTest.dynamicTest(
                    row.first() + ", then " + second,
                    () -> assertThat(play(row, second)).isEqualTo(expected)));
          }
          return cells.stream();
        });
  }

  private static String play(Row row, Action second) {
    var life = new Life(1, rules -> rules);
    make(life, new Act(0, Action.PLACE, row.placed()), act(Action.PAY));
    if (row.late()) make(life, new Pass(Duration.ofDays(5)));
    make(life, act(Action.ASK_FOR_ALL));
    row.moves().forEach(life::make);
    // A withdrawal is on its way until the seller's side has read it.
    life.market().settle();
    life.make(act(second));
    var answer = life.lastReply();
    life.market().settle();
    var withdrawn = count(life, "CancellationWithdrawn");
    life.end();
    assertThat(life.broken()).isEmpty();
    assertThat(count(life, "SellerTimedOut"))
        .isEqualTo(row.first().startsWith("reply deadline") ? 1 : 0);
    if (second == Action.WITHDRAW) {
      return withdrawn > 0 && !row.first().equals("withdraw") ? "withdrawn" : "ignored";
    }
    return switch (answer.body().path("code").asText()) {
      case "REQUEST_CLOSED" -> "CLOSED";
      case "UNITS_NOT_OPEN" -> "NOT_OPEN";
      case "DEADLINE_PASSED" -> "PASSED";
      case "OFFER_LIMIT" -> "OFFER_LIMIT";
      default -> String.valueOf(answer.status());
    };
  }

  private static long count(Life life, String type) {
    var journal = life.market().journal();
    return journal.keys().stream()
        .flatMap(key -> journal.of(key).stream())
        .filter(event -> event.type().equals(type))
        .count();
  }

  private static void make(Life life, Move... moves) {
    for (var move : moves) {
      life.make(move);
      life.make(new Settle());
    }
  }

  private static Row row(String first, Move move, String answers) {
    return new Row(first, STANDARD, false, List.of(move), answers);
  }

  /// Time passes; three reminders and deadlines may be due by then.
  private static List<Move> pass(Duration time) {
    return List.of(new Pass(time), new Wake(), new Wake(), new Wake(), new Wake());
  }

  private static Act act(Action action) {
    return new Act(0, action, 5);
  }
}
