package marketplace.seller.domain.fulfilment;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.ALL;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.LAMP;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.MONDAY_NINE;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.REQUEST;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.SHIP_BY;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.TWO_LAMPS;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.approve;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.cancel;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.decline;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.fact;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.offer;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.opened;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.requested;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.ship;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.terms;
import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import marketplace.eventsourcing.Decision.Accepted;
import marketplace.eventsourcing.Decision.Rejected;
import marketplace.kernel.SilenceOutcome;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.CancellationWithdrawn;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.OrderNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.PartialRefundOffered;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerApproved;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerCancelled;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerDeclined;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerTimedOut;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipDeadlineMissed;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipmentDispatched;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The whole table of domain, section 9.1: whoever is first wins, in both orders of each pair. The
/// request names both lamps; the mug stays open beside them, to show what is left alone.
class FulfilmentRacesTest {

  private static final String TABLE =
      """
      First, then     | Approve         | Decline         | Ship           | Withdraw  | Reply deadline | Ship deadline         | Seller cancels     | Offer
      Approve         | REQUEST_CLOSED  | REQUEST_CLOSED  | UNITS_NOT_OPEN | ignored   | void           | cancels others        | UNITS_NOT_OPEN     | REQUEST_CLOSED
      Decline         | REQUEST_CLOSED  | REQUEST_CLOSED  | ships          | ignored   | void           | cancels all           | cancels            | REQUEST_CLOSED
      Ship            | REQUEST_CLOSED  | REQUEST_CLOSED  | UNITS_NOT_OPEN | ignored   | void           | cancels others        | UNITS_NOT_OPEN     | REQUEST_CLOSED
      Withdraw        | REQUEST_CLOSED  | REQUEST_CLOSED  | ships          | ignored   | void           | cancels all           | cancels            | REQUEST_CLOSED
      Silence approves| DEADLINE_PASSED | DEADLINE_PASSED | UNITS_NOT_OPEN | ignored   | -              | cancels others        | UNITS_NOT_OPEN     | DEADLINE_PASSED
      Silence declines| DEADLINE_PASSED | DEADLINE_PASSED | ships          | ignored   | -              | cancels all           | cancels            | DEADLINE_PASSED
      Ship deadline   | REQUEST_CLOSED  | REQUEST_CLOSED  | UNITS_NOT_OPEN | ignored   | void           | -                     | UNITS_NOT_OPEN     | REQUEST_CLOSED
      Seller cancels  | REQUEST_CLOSED  | REQUEST_CLOSED  | UNITS_NOT_OPEN | ignored   | void           | cancels others        | UNITS_NOT_OPEN     | REQUEST_CLOSED
      Offer           | approves        | declines        | ships SHIPPED  | withdraws | void           | cancels all OVERTAKEN | cancels OVERTAKEN  | OFFER_LIMIT
      """;

  @TestFactory
  Stream<DynamicTest> whoever_comes_first_wins() {
    var rows = TABLE.lines().map(FulfilmentRacesTest::cells).toList();
    var columns = rows.getFirst();
    return rows.stream()
        .skip(1)
        .flatMap(row ->
            IntStream.range(1, columns.size())
                .filter(i -> !row.get(i).equals("-"))
                .mapToObj(i ->
                    dynamicTest(
                        row.getFirst() + ", then " + columns.get(i) + ": " + row.get(i),
                        () -> race(row.getFirst(), columns.get(i), row.get(i)))));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|")).map(String::strip).toList();
  }

  private static void race(String first, String second, String expected) {
    var story = new Story(first, second);
    story.play(first);
    assertThat(story.play(second)).isEqualTo(expected);
    var counts = story.state().counts();
    assertThat(counts.open().plus(counts.shipped()).plus(counts.cancelled()).total())
        .as("no unit is lost, none is both shipped and cancelled")
        .isEqualTo(ALL.total());
    assertThat(story.closings).as("times that the request was closed").isLessThanOrEqualTo(1);
  }

  /// One stream, handled as the mechanism does: deadlines that have passed go first.
  private static final class Story {
    private final FulfilmentDecider decider = new FulfilmentDecider();
    private Fulfilment state = decider.initialState();
    private Instant now;
    private int closings;

    /// A request whose reply time ends after the shipping time, where the latter is to be first.
    Story(String first, String second) {
      var shipDeadlineComes =
          Stream.of(first, second).anyMatch("Ship deadline"::equals)
              && !first.startsWith("Silence");
      now = MONDAY_NINE.plus(shipDeadlineComes ? Duration.ofDays(5) : Duration.ofHours(1));
      var onSilence =
          first.equals("Silence declines") ? SilenceOutcome.DECLINE : SilenceOutcome.APPROVE;
      apply(new OrderNoted(fact("OrderPlaced"), terms(onSilence)));
      apply(opened(MONDAY_NINE, true));
      apply(requested(REQUEST, TWO_LAMPS, now));
    }

    Opened state() {
      return (Opened) state;
    }

    String play(String action) {
      now = now.plusSeconds(60);
      return switch (action) {
        case "Approve" -> ask(approve());
        case "Decline" -> ask(decline());
        case "Ship" -> ask(ship(TWO_LAMPS));
        case "Withdraw" -> ask(withdraw());
        case "Seller cancels" -> ask(cancel(TWO_LAMPS));
        case "Offer" -> ask(offer(500));
        case "Silence approves", "Silence declines", "Reply deadline" ->
            pass(state().requests().getFirst().asked().replyBy());
        case "Ship deadline" -> pass(SHIP_BY);
        default -> throw new IllegalArgumentException(action);
      };
    }

    private String ask(FulfilmentCommand command) {
      pass(now);
      return switch (decider.decide(command, state, now)) {
        case Accepted<FulfilmentEvent, FulfilmentRejection>(var events) -> told(events);
        case Rejected<FulfilmentEvent, FulfilmentRejection>(var reason) -> code(reason);
      };
    }

    private String pass(Instant until) {
      List<FulfilmentEvent> all = new ArrayList<>();
      now = until;
      for (var due = decider.nextDeadline(state);
          due.isPresent() && !due.get().dueAt().isAfter(until);
          due = decider.nextDeadline(state)) {
        var decision = decider.decide(due.get().command(), state, due.get().dueAt());
        var events = ((Accepted<FulfilmentEvent, FulfilmentRejection>) decision).events();
        events.forEach(this::apply);
        all.addAll(events);
      }
      var words = words(all);
      return words.isEmpty() ? "void" : words;
    }

    private String told(List<FulfilmentEvent> events) {
      events.forEach(this::apply);
      var words = words(events);
      return words.isEmpty() ? "ignored" : words;
    }

    private void apply(FulfilmentEvent event) {
      var wasOpen = state instanceof Opened o && o.openRequest().isPresent();
      state = decider.evolve(state, event);
      if (wasOpen && state().openRequest().isEmpty()) closings++;
    }

    private String words(List<FulfilmentEvent> events) {
      return events.stream()
          .map(this::word)
          .filter(word -> !word.isEmpty())
          .collect(Collectors.joining(", "));
    }

    private String word(FulfilmentEvent event) {
      return switch (event) {
        case SellerApproved _ -> "approves";
        case SellerDeclined _ -> "declines";
        case SellerTimedOut _ -> "times out";
        case CancellationWithdrawn _ -> "withdraws";
        case PartialRefundOffered _ -> "offers";
        case ShipmentDispatched e -> "ships" + (e.closesCancellationId() == null ? "" : ending());
        case SellerCancelled e -> "cancels" + (e.closesCancellationId() == null ? "" : ending());
        case ShipDeadlineMissed e ->
            "cancels "
                + (e.units().of(LAMP) == 0 ? "others" : "all")
                + (e.closesCancellationId() == null ? "" : ending());
        default -> "";
      };
    }

    private String ending() {
      return state().requests().getFirst().stage() instanceof Request.Closed closed
          ? " " + closed.outcome()
          : "";
    }

    private static String code(FulfilmentRejection reason) {
      return reason
          .getClass()
          .getSimpleName()
          .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
          .toUpperCase(Locale.ROOT);
    }
  }
}
