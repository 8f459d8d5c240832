package marketplace.dispute.request;

import static java.util.Objects.requireNonNull;
import static marketplace.dispute.AfterSaleFixtures.ANA;
import static marketplace.dispute.AfterSaleFixtures.CANCELLED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED;
import static marketplace.dispute.AfterSaleFixtures.DELIVERED_END;
import static marketplace.dispute.AfterSaleFixtures.LIN;
import static marketplace.dispute.AfterSaleFixtures.MONDAY_NINE;
import static marketplace.dispute.AfterSaleFixtures.ORDER;
import static marketplace.dispute.AfterSaleFixtures.OUTER_END;
import static marketplace.dispute.AfterSaleFixtures.OVERRAN;
import static marketplace.dispute.AfterSaleFixtures.PLACED;
import static marketplace.dispute.AfterSaleFixtures.SHIPPED;
import static marketplace.dispute.AfterSaleFixtures.closed;
import static marketplace.dispute.AfterSaleFixtures.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.dispute.DisputeRules;
import marketplace.dispute.domain.AfterSale;
import marketplace.dispute.domain.AfterSaleDecider;
import marketplace.dispute.domain.AfterSaleEvent;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.messaging.AfterSaleCodec;
import marketplace.dispute.view.AfterSaleView;
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
import marketplace.kernel.Policies;
import org.junit.jupiter.api.Test;

class AfterSaleRequestsTest {
  private static final StreamId STREAM = new StreamId("aftersale", ORDER.value());
  private static final Trace TRACE =
      new Trace(id(51), id(50), "BUYER:" + ANA, Origin.SERVICE, null, null);

  private final DisputeRules rules = new DisputeRules(new Policies());

  @Test
  void both_parties_and_the_platform_see_the_window() {
    var expected = new AfterSaleView(ORDER, true, OUTER_END, null, null, 1, 0);
    assertThat(ask("BUYER", ANA.value(), PLACED).body()).isEqualTo(expected);
    assertThat(ask("SELLER", LIN.value(), PLACED).body()).isEqualTo(expected);
    assertThat(ask("PLATFORM", id(77), PLACED).body()).isEqualTo(expected);
  }

  @Test
  void the_window_is_seen_in_each_of_its_states() {
    assertThat(view(PLACED, SHIPPED, DELIVERED))
        .isEqualTo(new AfterSaleView(ORDER, true, DELIVERED_END, null, null, 3, 0));
    assertThat(view(PLACED, OVERRAN))
        .isEqualTo(new AfterSaleView(ORDER, false, OUTER_END, null, null, 2, 0));
    assertThat(view(PLACED, SHIPPED, closed(Why.WINDOW_ENDED, OUTER_END, 1)))
        .isEqualTo(new AfterSaleView(ORDER, false, OUTER_END, Why.WINDOW_ENDED, OUTER_END, 3, 3));
    assertThat(view(PLACED, CANCELLED))
        .isEqualTo(new AfterSaleView(ORDER, false, null, null, null, 2, 0));
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
