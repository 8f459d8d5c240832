package marketplace.simulation.lives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import marketplace.simulation.lives.Lives.Failure;
import marketplace.simulation.lives.Move.Act;
import marketplace.simulation.lives.Move.Action;
import marketplace.simulation.lives.Move.CaseAction;
import marketplace.simulation.lives.Move.Deed;
import marketplace.simulation.lives.Move.Mood;
import marketplace.simulation.lives.Move.Settle;
import marketplace.simulation.lives.Move.TurnProvider;
import org.junit.jupiter.api.Test;

class LivesTest {
  /// Fewer with `-Dlives=500`.
  private static final long LIVES = Long.getLong("lives", 20_000);

  private static final long FIRST_SEED = Long.getLong("lives.seed", 1);
  private static final int ORDERS_MAX = 2;

  /// Seeds in which a planted mistake must be found.
  private static final long PATIENCE = 400;

  @Test
  void nothing_that_must_never_happen_happens_in_any_life() {
    var failure =
        LongStream.range(FIRST_SEED, FIRST_SEED + LIVES)
            .parallel()
            .mapToObj(seed -> new Lives().live(seed, ORDERS_MAX))
            .flatMap(Optional::stream)
            .findAny();
    assertThat(failure).isEmpty();
  }

  @Test
  void a_ledger_that_forgets_what_was_opened_is_found() {
    var given =
        moves(
            act(Action.PLACE),
            act(Action.PAY),
            act(Action.SHIP_ALL),
            act(Action.DELIVER_PARCEL),
            act(CaseAction.REQUEST_RETURN),
            act(Action.GIVE_GOODWILL));
    assertThat(new Lives().replay(1, given)).isEmpty();
    assertThat(spoiled("ledger", "CaseOpenNoted").replay(1, given))
        .anyMatch(broken -> broken.id().equals("L7"));
  }

  @Test
  void a_ledger_that_forgets_what_it_has_answered_is_found() {
    var given =
        moves(
            new TurnProvider(Mood.LOSES_REFUNDS),
            act(Action.PLACE),
            act(Action.PAY),
            act(Action.CANCEL_AS_SELLER),
            act(Action.MISS_REFUND),
            act(Action.ANSWER_INQUIRY),
            act(Action.ANSWER_INQUIRY));
    assertThat(new Lives().replay(1, given)).isEmpty();
    assertThat(spoiled("ledger", "RefundInquiryResolved").replay(1, given))
        .anyMatch(broken -> broken.id().equals("L14"));
  }

  @Test
  void a_ledger_that_forgets_what_has_arrived_is_found() {
    var reissue = new Act(0, Action.ANSWER_INQUIRY, 1);
    var given =
        moves(
            new TurnProvider(Mood.LOSES_REFUNDS),
            act(Action.PLACE),
            act(Action.PAY),
            act(Action.CANCEL_AS_SELLER),
            act(Action.MISS_REFUND),
            reissue,
            act(Action.MISS_REFUND),
            reissue);
    assertThat(new Lives().replay(1, given)).isEmpty();
    assertThat(spoiled("ledger", "RefundSettled").replay(1, given))
        .anyMatch(broken -> broken.id().equals("L13"));
  }

  private static Lives spoiled(String category, String event) {
    return new Lives(Spoiled.with(category, Spoiled.forgets(event)));
  }

  /// By card, one line. Everybody hears of one move before the next one.
  private static List<Move> moves(Move... made) {
    return Stream.of(made).flatMap(move -> Stream.of(move, new Settle())).toList();
  }

  private static Act act(Deed deed) {
    return new Act(0, deed, 0);
  }

  @Test
  void a_conversation_that_forgets_what_was_said_is_found() {
    var failure =
        firstFailure(new Lives(Spoiled.with("conversation", Spoiled.forgets("MessageSent"))));
    assertThat(failure.broken())
        .as("%s", failure)
        .anyMatch(broken -> broken.id().equals("MESSAGES"));
    assertThat(failure.moves()).as("%s", failure).hasSizeLessThan(6);
  }

  @Test
  void an_order_that_tells_its_buyer_twice_is_found() {
    var failure = firstFailure(new Lives(Spoiled.with("order", Spoiled.repeats("BuyerNotified"))));
    assertThat(failure.broken()).as("%s", failure).anyMatch(broken -> broken.id().equals("N1"));
    assertThat(failure.moves()).as("%s", failure).hasSizeLessThan(4);
  }

  @Test
  void the_same_seed_is_the_same_life() {
    var lives = new Lives(Spoiled.with("fulfilment", Spoiled.hurries("shipBy")));
    var failure = firstFailure(lives);
    assertThat(failure.moves()).as("shrunk: %s", failure).hasSizeLessThan(12);
    assertThat(lives.live(failure.seed(), ORDERS_MAX)).contains(failure);
    assertThat(lives.replay(failure.seed(), failure.moves())).isEqualTo(failure.broken());
  }

  private static Failure firstFailure(Lives lives) {
    return LongStream.range(1, PATIENCE)
        .mapToObj(seed -> lives.live(seed, ORDERS_MAX))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new AssertionError("nobody has noticed"));
  }
}
