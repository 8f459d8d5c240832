package marketplace.dispute.request;

import static java.util.Objects.requireNonNull;
import static marketplace.dispute.AfterSaleFixtures.ANA;
import static marketplace.dispute.AfterSaleFixtures.ARRIVED;
import static marketplace.dispute.AfterSaleFixtures.CANCELLED;
import static marketplace.dispute.AfterSaleFixtures.CONTACTED;
import static marketplace.dispute.AfterSaleFixtures.CUPS;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED_END;
import static marketplace.dispute.AfterSaleFixtures.LIN;
import static marketplace.dispute.AfterSaleFixtures.MONDAY_NINE;
import static marketplace.dispute.AfterSaleFixtures.ORDER;
import static marketplace.dispute.AfterSaleFixtures.OUTER_END;
import static marketplace.dispute.AfterSaleFixtures.OVERRAN;
import static marketplace.dispute.AfterSaleFixtures.PLACED;
import static marketplace.dispute.AfterSaleFixtures.SHIPPED;
import static marketplace.dispute.AfterSaleFixtures.TOTAL;
import static marketplace.dispute.AfterSaleFixtures.closed;
import static marketplace.dispute.AfterSaleFixtures.days;
import static marketplace.dispute.AfterSaleFixtures.id;
import static marketplace.dispute.AfterSaleFixtures.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import marketplace.dispute.DisputeRules;
import marketplace.dispute.domain.AfterSale;
import marketplace.dispute.domain.AfterSaleDecider;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.messaging.AfterSaleCodec;
import marketplace.dispute.view.AfterSaleView;
import marketplace.dispute.view.Lookup;
import marketplace.dispute.view.Versioned;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.DisputeId;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.OrderId;
import marketplace.kernel.Policies;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ReturnPolicy;
import org.junit.jupiter.api.Test;

class AfterSaleRequestsTest {
  private static final StreamId STREAM = new StreamId("aftersale", ORDER.value());
  private static final Trace TRACE =
      new Trace(id(51), id(50), "BUYER:" + ANA, Origin.SERVICE, null, null);

  private final DisputeRules rules = new DisputeRules(new Policies(), new NoTables());

  @Test
  void both_parties_and_the_platform_see_the_window() {
    var seen = body(ask("BUYER", ANA.value(), PLACED));
    assertThat(window(seen)).isEqualTo("open until " + OUTER_END);
    assertThat(body(ask("SELLER", LIN.value(), PLACED))).isEqualTo(seen);
    assertThat(body(ask("PLATFORM", id(77), PLACED))).isEqualTo(seen);
  }

  @Test
  void the_window_is_seen_in_each_of_its_states() {
    assertThat(window(view(PLACED, SHIPPED, DELIVERED))).isEqualTo("open until " + DELIVERED_END);
    assertThat(window(view(PLACED, OVERRAN))).isEqualTo("over at " + OUTER_END);
    assertThat(window(view(PLACED, SHIPPED, closed(Why.WINDOW_ENDED, OUTER_END, 1))))
        .isEqualTo("WINDOW_ENDED at " + OUTER_END);
    assertThat(window(view(PLACED, CANCELLED))).isEqualTo("over at null");
  }

  @Test
  void what_may_be_disputed_is_told_with_the_reason_why_not() {
    var seen = afterSale(view(PLACED, SHIPPED, ARRIVED, DELIVERED, CONTACTED));
    assertThat(
            seen.canDispute().stream()
                .map(can ->
                    can.reason() + " " + (can.allowed() ? can.maxClaimMinor() : can.whyNot())))
        .containsExactly(
            "NOT_RECEIVED " + TOTAL,
            "DAMAGED " + TOTAL,
            "NOT_AS_DESCRIBED " + TOTAL,
            "INCOMPLETE " + TOTAL,
            "WRONG_ITEM " + TOTAL,
            "CANCELLATION_REFUSED NO_DECLINED_REQUEST");
    var early = afterSale(view(PLACED, SHIPPED, CONTACTED)).canDispute().getFirst();
    assertThat(early.whyNot()).isEqualTo("TOO_EARLY");
    assertThat(early.from()).isEqualTo(days(31));
  }

  @Test
  void what_may_be_returned_is_told_for_each_line_that_has_come() {
    assertThat(afterSale(view(PLACED, SHIPPED)).canReturn()).isEmpty();
    assertThat(afterSale(view(PLACED, SHIPPED, ARRIVED, DELIVERED)).canReturn())
        .containsExactly(
            new AfterSaleView.CanReturn(CUPS, 2, ReturnPolicy.BUYER_PAYS, false, true, null));
    assertThat(
            afterSale(view(placed(ReturnPolicy.NONE, false), SHIPPED, ARRIVED, DELIVERED))
                .canReturn())
        .containsExactly(
            new AfterSaleView.CanReturn(
                CUPS, 2, ReturnPolicy.NONE, false, false, "RETURN_NOT_AVAILABLE"));
  }

  @Test
  void a_stranger_does_not_even_learn_that_the_order_exists() {
    var unknown = ask("BUYER", ANA.value());
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(((Problem) body(unknown)).code()).isEqualTo("NOT_FOUND");
    assertThat(ask("BUYER", id(88), PLACED)).isEqualTo(unknown);
    assertThat(ask("SELLER", id(88), PLACED)).isEqualTo(unknown);
    assertThat(ask("CARRIER", ANA.value(), PLACED)).isEqualTo(unknown);
  }

  @Test
  void what_is_no_id_is_refused_by_name() {
    assertThatThrownBy(() -> query("PLATFORM", id(77), "ORDER-7"))
        .isInstanceOf(ProblemException.class)
        .hasMessage("MALFORMED: orderId must be a UUID, was ORDER-7");
  }

  private static String window(Object body) {
    var view = afterSale(body);
    if (view.why() != null) return view.why() + " at " + view.closedAt();
    return (view.windowOpen() ? "open until " : "over at ") + view.afterSaleUntil();
  }

  private static AfterSaleView afterSale(Object body) {
    return (AfterSaleView) ((Versioned<?>) body).view();
  }

  private Object view(AfterSaleEvent... history) {
    return body(ask("PLATFORM", id(77), history));
  }

  private static Object body(Answer answer) {
    var body = answer.body();
    if (body == null) throw new AssertionError("an answer without a body: " + answer);
    return body;
  }

  private Answer ask(String role, UUID id, AfterSaleEvent... events) {
    var history = new History<>(STREAM, stored(events));
    var state = history.fold(new AfterSaleDecider());
    return query(role, id, ORDER.toString())
        .answer()
        .apply(new Query.Snapshot<>(history, state, MONDAY_NINE));
  }

  @SuppressWarnings("unchecked") // the operation's own types, which its signature does not show
  private Query<AfterSale, AfterSaleEvent> query(String role, UUID id, String orderId) {
    var call = new Call(new Caller(role, id), TRACE, null, null, UUID::randomUUID);
    return (Query<AfterSale, AfterSaleEvent>)
        requireNonNull(rules.operations().get("getAfterSale"))
            .preparation()
            .prepare(call, Map.of("orderId", orderId), NullNode.getInstance());
  }

  private static final class NoTables implements Lookup {
    @Override
    public Optional<OrderId> orderOf(DisputeId disputeId) {
      return Optional.empty();
    }

    @Override
    public Optional<OrderId> orderOf(ReturnId returnId) {
      return Optional.empty();
    }

    @Override
    public Optional<Draft> draft(EvidenceId evidenceId) {
      return Optional.empty();
    }
  }

  private static List<StoredEvent<AfterSaleEvent>> stored(AfterSaleEvent... events) {
    var codec = AfterSaleCodec.create();
    List<StoredEvent<AfterSaleEvent>> result = new ArrayList<>();
    for (var event : events) {
      var version = result.size() + 1;
      result.add(
          new StoredEvent<>(
              version,
              StoredEvent.eventId(STREAM, version),
              STREAM,
              version,
              0,
              event instanceof AfterSaleEvent.AfterSaleClosed,
              codec.nameOf(event),
              event,
              TRACE,
              MONDAY_NINE,
              MONDAY_NINE));
    }
    return result;
  }
}
