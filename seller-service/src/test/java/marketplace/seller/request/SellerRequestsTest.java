package marketplace.seller.request;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OrderId;
import marketplace.kernel.Policies;
import marketplace.kernel.ShipmentId;
import marketplace.seller.SellerRules;
import marketplace.seller.domain.fulfilment.Fulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand;
import marketplace.seller.domain.fulfilment.FulfilmentDecider;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.CancellationWithdrawn;
import marketplace.seller.domain.fulfilment.FulfilmentRejection;
import marketplace.seller.view.CancelView;
import marketplace.seller.view.Lookup;
import marketplace.seller.view.SellerOrderView;
import marketplace.seller.view.Versioned;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls in, answers out, as the simulation makes them: by operation name, without HTTP.
class SellerRequestsTest {
  private static final Caller LIN_CALLS = new Caller("SELLER", LIN.value());
  private static final Caller STRANGER = new Caller("SELLER", ANOTHER_SELLER.value());
  private static final Caller ANA_CALLS = new Caller("BUYER", ANA.value());
  private static final Caller PLATFORM = new Caller("PLATFORM", uuid(90));
  private static final Caller CARRIER = new Caller("CARRIER", uuid(91));

  private final FulfilmentDecider decider = new FulfilmentDecider();
  private final ObjectMapper json = new ObjectMapper();
  private final SellerRules rules = new SellerRules(new Policies(), new OneOrder());

  @Nested
  class Acting {

    @Test
    void starts_processing() {
      var answer = ask(LIN_CALLS, "startProcessing", "{}", PLACED, OPENED);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(view(answer, SellerOrderView.class).processing()).isTrue();
    }

    @Test
    void ships_and_says_which_request_that_ended() {
      var answer =
          ask(
              LIN_CALLS,
              "ship",
              "{'carrier':'DHL','trackingNumber':'A1'}",
              PLACED,
              OPENED,
              REQUESTED);
      assertThat(answer.status()).isEqualTo(201);
      var dispatched = view(answer, SellerRequests.Dispatched.class);
      assertThat(dispatched.closesCancellationId()).isEqualTo(REQUEST);
      assertThat(answer.headers())
          .containsEntry("Location", "/v1/shipments/" + dispatched.shipmentId());
    }

    @Test
    void approves_and_shows_the_request() {
      var answer = ask(LIN_CALLS, "approveCancellation", "{}", PLACED, OPENED, REQUESTED);
      assertThat(answer.status()).isEqualTo(200);
      var view = view(answer, CancelView.class);
      assertThat(view.state()).isEqualTo(CancelView.State.CLOSED);
      assertThat(view.decidedAt()).isEqualTo(hours(2));
    }

    @Test
    void declines_offers_cancels_agrees_and_tracks() {
      assertThat(
              ask(
                      LIN_CALLS,
                      "declineCancellation",
                      "{'comment':'packed'}",
                      PLACED,
                      OPENED,
                      REQUESTED)
                  .status())
          .isEqualTo(200);
      assertThat(
              ask(LIN_CALLS, "offerPartialRefund", "{'refundMinor':500}", PLACED, OPENED, REQUESTED)
                  .status())
          .isEqualTo(201);
      assertThat(
              ask(LIN_CALLS, "cancelBySeller", "{'reason':'OUT_OF_STOCK'}", PLACED, OPENED)
                  .status())
          .isEqualTo(200);
      var oneLamp = "{'units':[{'lineId':'" + LAMP + "','quantity':1}]}";
      var shipped = shipped(ALL, hours(1));
      assertThat(ask(LIN_CALLS, "agreeToReturn", oneLamp, PLACED, OPENED, shipped).status())
          .isEqualTo(201);
      assertThat(
              ask(CARRIER, "reportTracking", "{'status':'DELIVERED'}", PLACED, OPENED, shipped)
                  .status())
          .isEqualTo(200);
    }

    @Test
    void registers_sellers_and_lists_products() {
      var seller = "{'name':'Lin','country':'CN','type':'TOP'}";
      assertThat(prepare(PLATFORM, "registerSeller", seller)).isInstanceOf(CommandRequest.class);
      var product = "{'title':'Lamp','category':'light','priceMinor':450,'currency':'USD'}";
      assertThat(prepare(LIN_CALLS, "listProduct", product)).isInstanceOf(CommandRequest.class);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "startProcessing",
          "ship",
          "cancelBySeller",
          "agreeToReturn",
          "approveCancellation",
          "declineCancellation",
          "offerPartialRefund",
          "listProduct"
        })
    void is_for_sellers(String operation) {
      var problem = refused(ANA_CALLS, operation, "{}");
      assertThat(problem.status()).isEqualTo(403);
      assertThat(problem.code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void as_a_carrier_or_on_the_platforms_behalf_is_not_for_sellers() {
      assertThat(refused(LIN_CALLS, "reportTracking", "{}").status()).isEqualTo(403);
      assertThat(refused(LIN_CALLS, "registerSeller", "{}").status()).isEqualTo(403);
    }

    @Test
    void on_another_sellers_order_is_forbidden_and_tells_nothing_of_it() {
      var problem = problem(ask(STRANGER, "startProcessing", "{}", PLACED, OPENED));
      assertThat(problem.status()).isEqualTo(403);
      assertThat(problem.allowedActions()).isNull();
    }

    @Test
    void on_what_is_not_ready_to_ship_or_not_there_finds_nothing() {
      assertThat(problem(ask(LIN_CALLS, "startProcessing", "{}", PLACED)).status()).isEqualTo(404);
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> prepare(LIN_CALLS, "approveCancellation", "{}", uuid(99)))
          .satisfies(e -> assertThat(e.problem().status()).isEqualTo(404));
    }
  }

  @Nested
  class A_refusal {

    @Test
    void names_the_deadline_and_what_may_be_done_instead() {
      var lapsed =
          new FulfilmentEvent.PartialRefundOfferLapsed(ORDER, REQUEST, OFFER, ANSWER_BY, ANSWER_BY);
      var problem =
          problem(
              ask(
                  LIN_CALLS,
                  "approveCancellation",
                  "{}",
                  PLACED,
                  OPENED,
                  REQUESTED,
                  OFFERED,
                  lapsed));
      assertThat(problem.code()).isEqualTo("DEADLINE_PASSED");
      assertThat(problem.type()).isEqualTo("/problems/deadline-passed");
      assertThat(problem.deadline()).isEqualTo(ANSWER_BY);
      assertThat(problem.allowedActions()).containsExactly("START_PROCESSING", "SHIP", "CANCEL");
      assertThat(problem.now()).isEqualTo(hours(2));
    }

    @Test
    void has_the_status_and_code_of_the_interface() {
      var withdrawn = new CancellationWithdrawn(ORDER, REQUEST, hours(1));
      expect(
          409, "REQUEST_CLOSED", "approveCancellation", "{}", PLACED, OPENED, REQUESTED, withdrawn);
      expect(
          422,
          "COMMENT_REQUIRED",
          "declineCancellation",
          "{'comment':' '}",
          PLACED,
          OPENED,
          REQUESTED);
      expect(
          422,
          "OFFER_OUT_OF_RANGE",
          "offerPartialRefund",
          "{'refundMinor':-3}",
          PLACED,
          OPENED,
          REQUESTED);
      expect(
          409,
          "OFFER_LIMIT",
          "offerPartialRefund",
          "{'refundMinor':5}",
          PLACED,
          OPENED,
          REQUESTED,
          OFFERED);
      expect(
          409,
          "NOTHING_CAPTURED",
          "offerPartialRefund",
          "{'refundMinor':5}",
          PLACED,
          OPENED_CASH_ON_DELIVERY,
          REQUESTED);
      expect(409, "NO_REQUEST", "cancelBySeller", "{'reason':'BUYER_ASKED'}", PLACED, OPENED);
      expect(422, "COMMENT_REQUIRED", "cancelBySeller", "{'reason':'OTHER'}", PLACED, OPENED);
      expect(
          422,
          "ONE_PARCEL_ONLY",
          "ship",
          "{'carrier':'DHL','trackingNumber':'A1','units':[{'lineId':'"
              + LAMP
              + "','quantity':1}]}",
          PLACED,
          OPENED_CASH_ON_DELIVERY);
      expect(
          422,
          "TRACKING_NUMBER_USED",
          "ship",
          "{'carrier':'DHL','trackingNumber':'TAKEN'}",
          PLACED,
          OPENED);
      expect(
          409,
          "UNITS_NOT_OPEN",
          "ship",
          "{'carrier':'DHL','trackingNumber':'A1'}",
          PLACED,
          OPENED,
          shipped(ALL, hours(1)));
      expect(
          409,
          "NOT_SHIPPED",
          "agreeToReturn",
          "{'units':[{'lineId':'" + LAMP + "','quantity':1}]}",
          PLACED,
          OPENED);
      var started = new FulfilmentEvent.ProcessingStarted(ORDER, hours(1));
      expect(409, "ALREADY_PROCESSING", "startProcessing", "{}", PLACED, OPENED, started);
      var delivered = new FulfilmentEvent.ParcelDelivered(ORDER, PARCEL, hours(1));
      assertThat(
              problem(
                      ask(
                          CARRIER,
                          "reportTracking",
                          "{'status':'LOST'}",
                          PLACED,
                          OPENED,
                          shipped(ALL, hours(1)),
                          delivered))
                  .code())
          .isEqualTo("TRACKING_ORDER");
    }

    private void expect(
        int status, String code, String operation, String body, FulfilmentEvent... past) {
      var problem = problem(ask(LIN_CALLS, operation, body, past));
      assertThat(problem.status()).as(code).isEqualTo(status);
      assertThat(problem.code()).isEqualTo(code);
    }
  }

  @Nested
  class Bad_input {

    @Test
    void is_told_field_by_field() {
      var problem = refused(LIN_CALLS, "ship", "{'units':[]}");
      assertThat(problem.code()).isEqualTo("INVALID");
      assertThat(problem.errors())
          .containsExactly(
              new Problem.FieldError("/units", "EMPTY"),
              new Problem.FieldError("/carrier", "REQUIRED"),
              new Problem.FieldError("/trackingNumber", "REQUIRED"));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        value = {
          "ship                | {'carrier':'D\\u0000','trackingNumber':'A'} | NUL_CHARACTER",
          "agreeToReturn       | {}                                          | REQUIRED",
          "cancelBySeller      | {}                                          | REQUIRED",
          "offerPartialRefund  | {}                                          | REQUIRED"
        })
    void is_422_with_the_fields_code(String operation, String body, String code) {
      var problem = refused(LIN_CALLS, operation, body);
      assertThat(problem.status()).isEqualTo(422);
      assertThat(problem.errors()).extracting(Problem.FieldError::code).contains(code);
    }

    @Test
    void reaches_every_limit() {
      var many = String.join(",", IntStream.range(0, 251).mapToObj(i -> "'US'").toList());
      var problem =
          refused(
              LIN_CALLS,
              "listProduct",
              "{'title':'%s','category':'c','priceMinor':%d,'currency':'%s','freeReturnCountries':[%s]}"
                  .formatted("x".repeat(201), 100_000_000_001L, "XXZ", many));
      assertThat(problem.errors())
          .containsExactly(
              new Problem.FieldError("/title", "TOO_LONG"),
              new Problem.FieldError("/priceMinor", "OUT_OF_RANGE"),
              new Problem.FieldError("/currency", "NOT_A_CURRENCY"),
              new Problem.FieldError("/freeReturnCountries", "TOO_MANY"));
      var comment = "{'comment':'" + "x".repeat(501) + "'}";
      assertThat(refused(LIN_CALLS, "approveCancellation", comment).errors())
          .containsExactly(new Problem.FieldError("/comment", "TOO_LONG"));
      var units = new ArrayList<String>();
      for (var i = 0; i < 51; i++) {
        units.add("{'lineId':'" + uuid(200 + i) + "','quantity':1}");
      }
      var agreement = "{'units':[" + String.join(",", units) + "]}";
      assertThat(refused(LIN_CALLS, "agreeToReturn", agreement).errors())
          .containsExactly(new Problem.FieldError("/units", "TOO_MANY"));
    }

    @Test
    void is_not_read_where_a_field_is_unknown_or_of_a_wrong_kind() {
      assertThat(refused(LIN_CALLS, "ship", "{'carier':'DHL'}").code()).isEqualTo("INVALID");
      assertThat(refused(LIN_CALLS, "ship", "{'carrier':7}").code()).isEqualTo("INVALID");
      assertThat(refused(LIN_CALLS, "offerPartialRefund", "{'refundMinor':1.5}").code())
          .isEqualTo("INVALID");
      assertThat(refused(LIN_CALLS, "cancelBySeller", "{'reason':'BORED'}").code())
          .isEqualTo("INVALID");
    }

    @Test
    void is_400_where_an_id_is_none() {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> rules.requests().getSellerOrder(call(LIN_CALLS), "7"))
          .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }
  }

  @Nested
  class Looking {

    @Test
    void shows_an_order_to_its_seller_and_the_platform_only() {
      assertThat(look(LIN_CALLS, "getSellerOrder", PLACED, OPENED).status()).isEqualTo(200);
      assertThat(look(PLATFORM, "getSellerOrder", PLACED, OPENED).status()).isEqualTo(200);
      assertThat(look(STRANGER, "getSellerOrder", PLACED, OPENED).status()).isEqualTo(404);
      assertThat(look(LIN_CALLS, "getSellerOrder", PLACED).status()).isEqualTo(404);
      assertThat(refused(ANA_CALLS, "getSellerOrder", "{}").status()).isEqualTo(403);
    }

    @Test
    void shows_a_task_to_its_seller_and_a_parcel_to_both() {
      assertThat(look(LIN_CALLS, "getCancellationTask", PLACED, OPENED, REQUESTED).status())
          .isEqualTo(200);
      assertThat(look(STRANGER, "getCancellationTask", PLACED, OPENED, REQUESTED).status())
          .isEqualTo(404);
      var shipped = shipped(ALL, hours(1));
      assertThat(look(LIN_CALLS, "getShipment", PLACED, OPENED, shipped).status()).isEqualTo(200);
      assertThat(look(ANA_CALLS, "getShipment", PLACED, OPENED, shipped).status()).isEqualTo(200);
      assertThat(look(STRANGER, "getShipment", PLACED, OPENED, shipped).status()).isEqualTo(404);
    }
  }

  // The smallest handler: one stream, whose past is given.

  @SuppressWarnings("unchecked") // only fulfilments are asked here
  private Answer ask(Caller caller, String operation, String body, FulfilmentEvent... past) {
    var request =
        (CommandRequest<FulfilmentCommand, Fulfilment, FulfilmentEvent, FulfilmentRejection>)
            prepare(caller, operation, body);
    var state = fold(past);
    var at = hours(2);
    var stream = request.stream();
    return request
        .answer()
        .apply(
            switch (decider.decide(request.command(), state, at)) {
              case Decision.Accepted<FulfilmentEvent, FulfilmentRejection>(var events) -> {
                var after = state;
                for (var event : events) after = decider.evolve(after, event);
                yield new Outcome.Done<>(stream, 7, 7, events, after, at);
              }
              case Decision.Rejected<FulfilmentEvent, FulfilmentRejection>(var reason) ->
                  new Outcome.Refused<>(stream, 7, 7, reason, state, at);
            });
  }

  @SuppressWarnings("unchecked") // only fulfilments are looked at here
  private Answer look(Caller caller, String operation, FulfilmentEvent... past) {
    var query = (Query<Fulfilment, FulfilmentEvent>) prepare(caller, operation, "{}");
    var history = new History<FulfilmentEvent>(query.stream(), List.of());
    return query.answer().apply(new Query.Snapshot<>(history, fold(past), hours(2)));
  }

  private Fulfilment fold(FulfilmentEvent... past) {
    var state = decider.initialState();
    for (var event : past) state = decider.evolve(state, event);
    return state;
  }

  private Problem refused(Caller caller, String operation, String body) {
    try {
      prepare(caller, operation, body);
    } catch (ProblemException e) {
      return e.problem();
    }
    throw new AssertionError("not refused: " + operation + " " + body);
  }

  private Prepared prepare(Caller caller, String operation, String body) {
    var path = operation(operation).path();
    var id =
        path.contains("{cancellationId}")
            ? REQUEST.value()
            : path.contains("{shipmentId}") ? PARCEL.value() : ORDER.value();
    return prepare(caller, operation, body, id);
  }

  private Prepared prepare(Caller caller, String operation, String body, UUID id) {
    var parameters =
        Map.of(
            "orderId", id.toString(), "cancellationId", id.toString(), "shipmentId", id.toString());
    return operation(operation).preparation().prepare(call(caller), parameters, read(body));
  }

  private Operation operation(String name) {
    return Objects.requireNonNull(rules.operations().get(name));
  }

  private JsonNode read(String body) {
    try {
      return json.readTree(body.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Call call(Caller caller) {
    var trace = new Trace(uuid(50), uuid(51), caller.actor(), Origin.SERVICE, null, null);
    return new Call(caller, trace, null, null, () -> uuid(80));
  }

  private static Problem problem(Answer answer) {
    assertThat(answer.body()).isInstanceOf(Problem.class);
    return (Problem) Objects.requireNonNull(answer.body());
  }

  private static <T> T view(Answer answer, Class<T> type) {
    assertThat(answer.body()).isInstanceOf(Versioned.class);
    return type.cast(((Versioned<?>) Objects.requireNonNull(answer.body())).view());
  }

  /// Knows the one order of these stories.
  private static final class OneOrder implements Lookup {
    @Override
    public Optional<OrderId> orderOf(CancellationId cancellationId) {
      return cancellationId.equals(REQUEST) ? Optional.of(ORDER) : Optional.empty();
    }

    @Override
    public Optional<OrderId> orderOf(ShipmentId shipmentId) {
      return shipmentId.equals(PARCEL) ? Optional.of(ORDER) : Optional.empty();
    }

    @Override
    public boolean hasOpenRequest(OrderId orderId) {
      return true;
    }

    @Override
    public boolean isNumberUsed(String carrier, String trackingNumber) {
      return trackingNumber.equals("TAKEN");
    }
  }
}
