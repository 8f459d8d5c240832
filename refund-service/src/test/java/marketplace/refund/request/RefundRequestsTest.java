package marketplace.refund.request;

import static java.util.Objects.requireNonNull;
import static marketplace.refund.LedgerFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Decision.Accepted;
import marketplace.eventsourcing.Decision.Rejected;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.InquiryId;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentId;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.Policies;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.RefundId;
import marketplace.refund.RefundRules;
import marketplace.refund.domain.Ledger;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerRejection;
import marketplace.refund.view.LedgerView;
import marketplace.refund.view.PaymentTab;
import marketplace.refund.view.PaymentView;
import marketplace.refund.view.RefundView;
import marketplace.refund.view.Versioned;
import org.junit.jupiter.api.Test;

/// The service's operations as the simulation calls them: without HTTP, without a database.
class RefundRequestsTest {
  private static final LedgerEvent[] PAID = {
    PLACED,
    authorized(PaymentMethod.CARD, after(0), after(0)),
    askedToCapture(1, after(0)),
    captured(PaymentMethod.CARD, after(0))
  };

  private static final InquiryId INQUIRY = new InquiryId(id(84));
  private static final Map<String, String> TO_ORDER = Map.of("orderId", ORDER.toString());
  private static final Map<String, String> TO_REFUND =
      Map.of("refundId", SETTLEMENT.refundId().toString());
  private static final Map<String, String> TO_INQUIRY = Map.of("inquiryId", INQUIRY.toString());

  private final RefundRules rules =
      new RefundRules(
          new Policies(),
          new Lookup() {
            @Override
            public Optional<OrderId> orderOf(PaymentId paymentId) {
              return paymentId.equals(PAYMENT) ? Optional.of(ORDER) : Optional.empty();
            }

            @Override
            public Optional<OrderId> orderOf(RefundId refundId) {
              return refundId.equals(SETTLEMENT.refundId()) ? Optional.of(ORDER) : Optional.empty();
            }

            @Override
            public Optional<OrderId> orderOf(InquiryId inquiryId) {
              return inquiryId.equals(INQUIRY) ? Optional.of(ORDER) : Optional.empty();
            }
          },
          List::of);

  @Test
  void a_buyer_pays_and_is_told_how_the_payment_stands() {
    var answer = call("pay", "BUYER", ANA.value(), Map.of(), payment("CARD", TOTAL), PLACED);
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body())
        .isEqualTo(
            new Versioned<>(
                new PaymentView(
                    PAYMENT,
                    ORDER,
                    PaymentMethod.CARD,
                    TOTAL,
                    "USD",
                    PaymentView.State.CAPTURED,
                    null,
                    null),
                4,
                4));
  }

  @Test
  void each_refusal_has_its_code() {
    assertThat(refusal("pay", ANA.value(), payment("CARD", TOTAL))).isEqualTo("409 ORDER_UNKNOWN");
    assertThat(refusal("pay", id(9), payment("CARD", TOTAL), PLACED)).isEqualTo("403 FORBIDDEN");
    assertThat(refusal("pay", ANA.value(), payment("CARD", 1), PLACED))
        .isEqualTo("422 AMOUNT_MISMATCH");
    assertThat(refusal("pay", ANA.value(), payment("CASH_ON_DELIVERY", TOTAL), PLACED))
        .isEqualTo("422 METHOD_NOT_ALLOWED");
    assertThat(refusal("pay", ANA.value(), payment("CARD", TOTAL), PLACED, CANCELLED_UNPAID))
        .isEqualTo("409 ORDER_CANCELLED");
    assertThat(
            refusal(
                "pay",
                ANA.value(),
                payment("CARD", TOTAL),
                PLACED,
                new LedgerEvent.PaymentAuthorized(
                    SECOND_PAYMENT, PaymentMethod.CASH, TOTAL, "USD", after(0), after(2))))
        .isEqualTo("409 ALREADY_PAID");
  }

  @Test
  void a_missing_field_is_named() {
    var body = JsonNodeFactory.instance.objectNode().put("method", "CARD");
    assertThatThrownBy(() -> call("pay", "BUYER", ANA.value(), Map.of(), body, PLACED))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problem().errors())
                    .containsExactly(
                        new Problem.FieldError("/orderId", "MISSING"),
                        new Problem.FieldError("/amountMinor", "MISSING")));
    assertThatThrownBy(
            () -> call("pay", "BUYER", ANA.value(), Map.of(), NullNode.getInstance(), PLACED))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("MALFORMED");
  }

  @Test
  void only_the_provider_or_the_simulation_says_what_became_of_a_payment() {
    var body =
        JsonNodeFactory.instance.objectNode().put("result", "FAILED").put("code", "NO_FUNDS");
    var path = Map.of("paymentId", PAYMENT.toString());
    var authorized = authorized(PaymentMethod.CASH, after(0), after(2));
    var answer = call("providerResult", "PROVIDER", id(9), path, body, PLACED, authorized);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(call("providerResult", "SIMULATION", id(9), path, body, PAID).status())
        .isEqualTo(409);
    assertThatThrownBy(
            () -> call("providerResult", "BUYER", ANA.value(), path, body, PLACED, authorized))
        .hasMessageContaining("FORBIDDEN");
    assertThat(
            call(
                    "providerResult",
                    "SIMULATION",
                    id(9),
                    Map.of("paymentId", SECOND_PAYMENT.toString()),
                    body,
                    PLACED)
                .status())
        .isEqualTo(404);
    assertThatThrownBy(() ->
            call(
                "providerResult",
                "SIMULATION",
                id(9),
                path,
                JsonNodeFactory.instance
                    .objectNode()
                    .put("result", "FAILED")
                    .put("code", "X".repeat(RefundRequests.CODE_CHARS_MAX + 1)),
                PLACED,
                authorized))
        .hasMessageContaining("INVALID");
  }

  @Test
  void the_payment_tab_is_for_the_buyer_and_the_platform() {
    var path = Map.of("orderId", ORDER.toString());
    var tab = (PaymentTab) look("paymentTab", "BUYER", ANA.value(), path, PAID).body();
    assertThat(requireNonNull(tab).captured()).isEqualTo(TOTAL);
    assertThat(tab.refundable()).isEqualTo(TOTAL);
    assertThat(tab.payout()).isNull();
    assertThat(look("paymentTab", "PLATFORM", id(9), path, PAID).status()).isEqualTo(200);
    assertThat(look("paymentTab", "BUYER", id(9), path, PAID).status()).isEqualTo(404);
    assertThat(look("paymentTab", "SELLER", LIN.value(), path, PAID).status()).isEqualTo(404);
    assertThat(look("paymentTab", "BUYER", ANA.value(), path).status()).isEqualTo(404);
  }

  @Test
  void a_refund_is_shown_to_both_parties() {
    var path = Map.of("refundId", SETTLEMENT.refundId().toString());
    var past = new ArrayList<>(List.of(PAID));
    past.add(requested(SETTLEMENT, TOTAL, 1000, RefundChannel.ORIGINAL_METHOD, after(1)));
    var events = past.toArray(LedgerEvent[]::new);
    var shown = (Versioned<?>) look("getRefund", "SELLER", LIN.value(), path, events).body();
    assertThat(requireNonNull(shown).view())
        .isInstanceOfSatisfying(
            RefundView.class,
            view -> {
              assertThat(view.amountMinor()).isEqualTo(1000);
              assertThat(view.clippedMinor()).isEqualTo(TOTAL - 1000);
              assertThat(view.stage()).isEqualTo(RefundView.Stage.REQUESTED);
            });
    assertThat(look("getRefund", "SELLER", id(9), path, events).status()).isEqualTo(404);
    assertThat(
            look("getRefund", "PLATFORM", id(9), Map.of("refundId", id(8).toString()), events)
                .status())
        .isEqualTo(404);
  }

  @Test
  void the_books_are_for_the_platform_alone() {
    var path = Map.of("orderId", ORDER.toString());
    var view = (LedgerView) look("getLedger", "PLATFORM", id(9), path, PAID).body();
    assertThat(requireNonNull(view).postings()).hasSize(1);
    assertThat(view.sumMinor()).isZero();
    assertThat(look("getLedgerEvents", "PLATFORM", id(9), path, PAID).status()).isEqualTo(200);
    assertThat(look("getLedger", "BUYER", ANA.value(), path, PAID).status()).isEqualTo(404);
    assertThatThrownBy(() -> look("getLedger", "PLATFORM", id(9), Map.of("orderId", "x"), PAID))
        .hasMessageContaining("MALFORMED");
  }

  @Test
  void only_a_seller_gives_of_his_own_accord_and_says_how_much() {
    var body = object().put("amountMinor", 100);
    assertThat(code(call("grantGoodwill", "SELLER", LIN.value(), TO_ORDER, body, PAID)))
        .isEqualTo("409 NOT_SHIPPED");
    assertThat(code(call("grantGoodwill", "SELLER", id(9), TO_ORDER, body, PAID)))
        .isEqualTo("403 FORBIDDEN");
    assertThatThrownBy(() -> call("grantGoodwill", "BUYER", ANA.value(), TO_ORDER, body, PAID))
        .hasMessageContaining("FORBIDDEN");
    for (var wrong :
        List.of(
            object(),
            object().put("amountMinor", 0),
            object().put("amountMinor", 1).put("comment", " "),
            object().put("amountMinor", 1).put("comment", "a\0b"),
            object()
                .put("amountMinor", 1)
                .put("comment", "x".repeat(RefundRequests.COMMENT_CHARS_MAX + 1)))) {
      assertThatThrownBy(() -> call("grantGoodwill", "SELLER", LIN.value(), TO_ORDER, wrong, PAID))
          .as("%s", wrong)
          .hasMessageContaining("INVALID");
    }
  }

  @Test
  void only_a_buyer_asks_for_a_refund_and_only_the_platform_answers() {
    var question = object().put("text", "Where is it?");
    assertThat(code(call("openRefundInquiry", "BUYER", ANA.value(), TO_REFUND, question, PAID)))
        .isEqualTo("404 NOT_FOUND");
    assertThatThrownBy(
            () -> call("openRefundInquiry", "SELLER", LIN.value(), TO_REFUND, question, PAID))
        .hasMessageContaining("FORBIDDEN");
    assertThatThrownBy(() ->
            call(
                "openRefundInquiry",
                "BUYER",
                ANA.value(),
                TO_REFUND,
                object().put("text", "x".repeat(RefundRequests.INQUIRY_CHARS_MAX + 1)),
                PAID))
        .hasMessageContaining("INVALID");
    var answer = object().put("outcome", "CONFIRMED_SENT");
    assertThat(code(call("resolveRefundInquiry", "PLATFORM", id(9), TO_INQUIRY, answer, PAID)))
        .isEqualTo("404 NOT_FOUND");
    assertThatThrownBy(
            () -> call("resolveRefundInquiry", "BUYER", ANA.value(), TO_INQUIRY, answer, PAID))
        .hasMessageContaining("FORBIDDEN");
    assertThatThrownBy(
            () -> call("resolveRefundInquiry", "PLATFORM", id(9), TO_INQUIRY, object(), PAID))
        .hasMessageContaining("INVALID");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String code(Answer answer) {
    return answer.status() + " " + ((Problem) requireNonNull(answer.body())).code();
  }

  private String refusal(String operation, UUID buyer, JsonNode body, LedgerEvent... past) {
    return code(call(operation, "BUYER", buyer, Map.of(), body, past));
  }

  private static JsonNode payment(String method, long amountMinor) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("orderId", ORDER.toString())
        .put("method", method)
        .put("amountMinor", amountMinor);
  }

  private Answer look(
      String operation, String role, UUID id, Map<String, String> path, LedgerEvent... past) {
    return call(operation, role, id, path, NullNode.getInstance(), past);
  }

  private Answer call(
      String operation,
      String role,
      UUID id,
      Map<String, String> path,
      JsonNode body,
      LedgerEvent... past) {
    var trace = new Trace(id(51), id(51), role + ":" + id, Origin.SERVICE, null, null);
    var call = new Call(new Caller(role, id), trace, null, null, PAYMENT::value);
    return switch (prepared(operation, call, path, body)) {
      case CommandRequest<?, ?, ?, ?> command -> decided(command, past);
      case Query<?, ?> query -> looked(query, past);
      case Prepared.Immediately(var answer) -> answer;
    };
  }

  private Prepared prepared(String operation, Call call, Map<String, String> path, JsonNode body) {
    return requireNonNull(rules.operations().get(operation))
        .preparation()
        .prepare(call, path, body);
  }

  @SuppressWarnings("unchecked") // there is one kind of stream here
  private Answer decided(CommandRequest<?, ?, ?, ?> request, LedgerEvent... past) {
    var command = (CommandRequest<LedgerCommand, Ledger, LedgerEvent, LedgerRejection>) request;
    var decider = aggregate().decider();
    var before = history(past).fold(decider);
    var stream = command.stream();
    return switch (decider.decide(command.command(), before, after(0))) {
      case Accepted<LedgerEvent, LedgerRejection>(var events) -> {
        var state = before;
        for (var event : events) state = decider.evolve(state, event);
        var version = past.length + events.size();
        yield command
            .answer()
            .apply(new Outcome.Done<>(stream, version, version, events, state, after(0)));
      }
      case Rejected<LedgerEvent, LedgerRejection>(var reason) ->
          command
              .answer()
              .apply(
                  new Outcome.Refused<>(
                      stream, past.length, past.length, reason, before, after(0)));
    };
  }

  @SuppressWarnings("unchecked") // there is one kind of stream here
  private Answer looked(Query<?, ?> request, LedgerEvent... past) {
    var query = (Query<Ledger, LedgerEvent>) request;
    var history = history(past);
    return query
        .answer()
        .apply(new Query.Snapshot<>(history, history.fold(query.aggregate().decider()), after(2)));
  }

  @SuppressWarnings("unchecked") // there is one kind of stream here
  private Aggregate<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> aggregate() {
    return (Aggregate<LedgerCommand, Ledger, LedgerEvent, LedgerRejection>)
        rules.aggregates().getFirst();
  }

  private static History<LedgerEvent> history(LedgerEvent... past) {
    var stream = new StreamId("ledger", ORDER.value());
    var trace = new Trace(id(51), id(51), "HARNESS", Origin.SERVICE, null, null);
    var stored = new ArrayList<StoredEvent<LedgerEvent>>();
    for (var event : past) {
      var version = stored.size() + 1;
      stored.add(
          new StoredEvent<>(
              version,
              StoredEvent.eventId(stream, version),
              stream,
              version,
              0,
              true,
              "",
              event,
              trace,
              after(0),
              after(0)));
    }
    return new History<>(stream, stored);
  }
}
