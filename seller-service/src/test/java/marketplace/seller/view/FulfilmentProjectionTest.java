package marketplace.seller.view;

import static marketplace.seller.domain.fulfilment.FulfilmentFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.ViewRow;
import marketplace.seller.domain.fulfilment.Fulfilment;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.FulfilmentDecider;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ApprovedBy;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.CancellationWithdrawn;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelDelivered;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.RefundNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerApproved;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerDeclined;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.WhyDeclined;
import marketplace.seller.view.SellerOrderView.LineView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FulfilmentProjectionTest {
  private final FulfilmentDecider decider = new FulfilmentDecider();
  private final FulfilmentProjection projection = new FulfilmentProjection();

  private static final List<FulfilmentEvent> STORY =
      List.of(
          PLACED,
          noted("OrderReadyToShip"),
          OPENED,
          REQUESTED,
          OFFERED,
          new SellerApproved(
              ORDER, REQUEST, LIN, ApprovedBy.SELLER, ONE_LAMP, null, null, hours(11), 36_000),
          new RefundNoted(fact("OrderUnitsCancelled"), REQUEST, 850),
          shipped(lampsAndMug(1, 1), hours(12)),
          new ParcelDelivered(ORDER, PARCEL, hours(200)));

  @Test
  void shows_nothing_before_the_order_is_ready_to_ship() {
    assertThat(rowsAfter(STORY.subList(0, 2))).isEmpty();
  }

  @Test
  void leaves_the_same_rows_in_one_change_as_in_many() {
    Map<Object, ViewRow> stepByStep = new LinkedHashMap<>();
    var before = decider.initialState();
    for (var event : STORY) {
      var after = decider.evolve(before, event);
      keep(stepByStep, projection.rowsFor(change(before, after, List.of(event))));
      before = after;
    }
    Map<Object, ViewRow> atOnce = new LinkedHashMap<>();
    keep(atOnce, rowsAfter(STORY));
    assertThat(stepByStep).isEqualTo(atOnce).hasSize(4);
  }

  @Test
  void keeps_how_a_request_ended_and_how_long_the_seller_took_for_an_answer_of_his_own() {
    assertThat(ends(STORY)).containsExactly(ended("APPROVED", 36_000, hours(11)));
    var until = STORY.subList(0, 4);
    assertThat(ends(until)).isEmpty();
    assertThat(ends(with(until, new CancellationWithdrawn(ORDER, REQUEST, hours(2)))))
        .containsExactly(ended("WITHDRAWN", null, hours(2)));
    assertThat(
            ends(
                with(
                    until,
                    new SellerDeclined(
                        ORDER,
                        REQUEST,
                        LIN,
                        WhyDeclined.SELLER_REFUSED,
                        "packed",
                        hours(3),
                        7_200))))
        .containsExactly(ended("DECLINED", 7_200, hours(3)));
  }

  private static List<FulfilmentEvent> with(List<FulfilmentEvent> story, FulfilmentEvent last) {
    var longer = new ArrayList<>(story);
    longer.add(last);
    return longer;
  }

  private static ViewRow ended(String outcome, @Nullable Integer replySeconds, Instant at) {
    return ViewRow.of(
        SellerTables.REQUEST_ENDS, REQUEST.value(), LIN.value(), outcome, replySeconds, at);
  }

  private List<ViewRow> ends(List<FulfilmentEvent> events) {
    return rowsAfter(events).stream()
        .filter(row -> row.table().equals(SellerTables.REQUEST_ENDS))
        .toList();
  }

  @Test
  void sorts_an_order_by_what_is_left_to_do() {
    assertThat(state(STORY.subList(0, 7))).isEqualTo(SellerOrderView.State.TO_SHIP);
    assertThat(state(STORY.subList(0, 8))).isEqualTo(SellerOrderView.State.SHIPPED);
    assertThat(state(STORY)).isEqualTo(SellerOrderView.State.CLOSED);
  }

  @Test
  void shows_the_clock_that_runs() {
    var now = hours(11);
    var pending = task(STORY.subList(0, 4)).at(now);
    assertThat(pending.state()).isEqualTo(CancelView.State.PENDING);
    assertThat(pending.secondsLeft()).isEqualTo(62 * 3600L);
    var offered = task(STORY.subList(0, 5)).at(now);
    assertThat(offered.state()).isEqualTo(CancelView.State.OFFERED);
    assertThat(offered.secondsLeft()).isEqualTo(71 * 3600L);
    var closed = task(STORY).at(now);
    assertThat(closed.state()).isEqualTo(CancelView.State.CLOSED);
    assertThat(closed.secondsLeft()).isNull();
    assertThat(closed.refundMinor()).isEqualTo(850);
  }

  @Test
  void counts_the_units_of_each_line_in_the_order_of_the_lines() {
    assertThat(SellerOrderView.of(opened(STORY)).lines())
        .containsExactly(new LineView(LAMP, 0, 1, 1), new LineView(MUG, 0, 1, 0));
  }

  @Test
  void says_what_the_seller_may_do() {
    assertThat(SellerAction.allowed(opened(STORY.subList(0, 4))))
        .containsExactly(
            "START_PROCESSING", "SHIP", "CANCEL", "APPROVE", "DECLINE", "OFFER_PARTIAL_REFUND");
    assertThat(SellerAction.allowed(opened(STORY))).containsExactly("AGREE_TO_RETURN");
  }

  private SellerOrderView.State state(List<FulfilmentEvent> events) {
    return SellerOrderView.of(opened(events)).state();
  }

  private CancelView task(List<FulfilmentEvent> events) {
    var o = opened(events);
    return CancelView.of(o.terms(), o.requests().getFirst());
  }

  private Opened opened(List<FulfilmentEvent> events) {
    return (Opened) fold(events);
  }

  private Fulfilment fold(List<FulfilmentEvent> events) {
    var state = decider.initialState();
    for (var event : events) state = decider.evolve(state, event);
    return state;
  }

  private List<ViewRow> rowsAfter(List<FulfilmentEvent> events) {
    return projection.rowsFor(change(decider.initialState(), fold(events), events));
  }

  private static void keep(Map<Object, ViewRow> rows, List<ViewRow> added) {
    for (var row : added) rows.put(List.of(row.table().name(), row.key()), row);
  }

  private static Change<Fulfilment, FulfilmentEvent> change(
      Fulfilment before, Fulfilment after, List<FulfilmentEvent> events) {
    var stream = new StreamId("fulfilment", ORDER.value());
    var trace = new Trace(uuid(50), uuid(51), "SELLER:" + LIN, Origin.SERVICE, null, null);
    List<StoredEvent<FulfilmentEvent>> stored = new ArrayList<>();
    for (var event : events) {
      stored.add(
          new StoredEvent<>(
              0, uuid(60), stream, 1, 0, false, "any", event, trace, MONDAY_NINE, MONDAY_NINE));
    }
    return new Change<>(stream, before, after, stored, 1, 0, Instant.MAX);
  }
}
