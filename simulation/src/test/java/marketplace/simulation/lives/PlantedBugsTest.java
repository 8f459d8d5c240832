package marketplace.simulation.lives;

import static marketplace.simulation.lives.Spoiled.dawdles;
import static marketplace.simulation.lives.Spoiled.forgets;
import static marketplace.simulation.lives.Spoiled.hurries;
import static marketplace.simulation.lives.Spoiled.overlooks;
import static marketplace.simulation.lives.Spoiled.repeats;
import static marketplace.simulation.lives.Spoiled.suppresses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import marketplace.eventsourcing.ServiceRules;
import marketplace.simulation.journal.Broken;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Who watches the watchers: one rule of one service is broken at a time, and random lives have to
/// notice, by the check that is named (domain, section 13). FAULT is the mechanism's own: a
/// deadline that leaves itself where it was, or an answer about something that is not there. END:
/// the order never comes to one.
class PlantedBugsTest {
  private static final int ORDERS_MAX = 2;

  /// Seeds in which a bug must be found.
  private static final long PATIENCE = 400;

  static Stream<Arguments> bugs() {
    return Stream.of(
        bug("FAULT", "order", "payBy comes early", hurries("payBy")),
        bug("T2", "order", "payBy comes late", dawdles("payBy")),
        bug("U2", "order", "units go, and nobody hears of it", suppresses("OrderUnitsCancelled")),
        bug("FAULT", "order", "cancels and does not say so", suppresses("OrderCancelled")),
        bug("END", "order", "never completes", suppresses("OrderCompleted")),
        bug("END", "order", "forgets units that it has cancelled", forgets("OrderUnitsCancelled")),
        bug("C1", "order", "gives a coupon back twice", forgets("CouponRestored")),
        bug("C1", "order", "keeps a coupon of a cancelled order", suppresses("CouponRestored")),
        bug("T2", "fulfilment", "shipBy comes early", hurries("shipBy")),
        bug("T2", "fulfilment", "shipBy comes late", dawdles("shipBy")),
        bug("T2", "fulfilment", "replyBy comes early", hurries("replyBy")),
        bug("T2", "fulfilment", "replyBy comes late", dawdles("replyBy")),
        bug("U1", "fulfilment", "forgets what it has shipped", forgets("ShipmentDispatched")),
        bug("FAULT", "fulfilment", "passes over silence", suppresses("SellerTimedOut")),
        bug("R1", "fulfilment", "answers twice", repeats("SellerApproved")),
        bug("U1", "fulfilment", "cancels twice", repeats("SellerCancelled")),
        bug("P1", "fulfilment", "silence gives no points", overlooks("SellerTimedOut")),
        bug("P2", "seller", "forgets earlier points", forgets("SellerPenalised")),
        bug("M2", "ledger", "pays a refund twice", repeats("RefundIssued")),
        bug("M5", "ledger", "a refund never leaves", suppresses("RefundIssued")),
        bug("M3", "ledger", "asks for a refund twice", repeats("RefundRequested")),
        bug("M6", "ledger", "never pays the seller", suppresses("PayoutReleased")),
        bug("M6", "ledger", "pays the seller twice", repeats("PayoutReleased")),
        bug("T2", "ledger", "a refund arrives early", hurries("settlesAt")),
        bug("T2", "aftersale", "the window ends early", hurries("afterSaleUntil")),
        bug("FAULT", "aftersale", "the window never ends", suppresses("AfterSaleClosed")),
        Arguments.of("X5", Named.of("idempotency keys are forgotten", keysForgotten())));
  }

  private static Arguments bug(
      String check, String category, String what, Spoiled.Mistake mistake) {
    return Arguments.of(check, Named.of(category + ": " + what, Spoiled.with(category, mistake)));
  }

  private static UnaryOperator<ServiceRules> keysForgotten() {
    return KeysForgotten::new;
  }

  @ParameterizedTest(name = "{0} finds {1}")
  @MethodSource("bugs")
  void is_found(String check, UnaryOperator<ServiceRules> bug) {
    var lives = new Lives(bug);
    var failure =
        LongStream.range(1, PATIENCE)
            .mapToObj(seed -> lives.live(seed, ORDERS_MAX))
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> new AssertionError("nobody has noticed"));
    assertThat(failure.broken().stream().map(Broken::id)).as("%s", failure).contains(check);
  }
}
