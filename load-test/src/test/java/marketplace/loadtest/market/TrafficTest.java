package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import marketplace.loadtest.market.Order.Shelf;
import marketplace.simulation.world.Request;
import org.junit.jupiter.api.Test;

/// A thousand calls a second that an obedient market answers at once, unless it is told otherwise.
class TrafficTest {
  private static final long MILLI = 1_000_000;
  private static final String PLACED =
      "{\"orderId\":\"O\",\"totalMinor\":3250,\"lines\":[{\"lineId\":\"L\"}]}";
  private static final String DONE = "{}";
  private static final String TOO_EARLY = "{\"code\":\"ORDER_UNKNOWN\"}";

  private final Schedule schedule = Schedule.of(Profile.CONSTANT, 1_000, 60);
  private long now;

  private Traffic traffic(String mix) {
    return new Traffic(
        Mix.of(mix),
        schedule,
        List.of(new Shelf(UUID.randomUUID(), UUID.randomUUID())),
        List.of(),
        Request::operation,
        1);
  }

  private static String answer(Call call) {
    return call.operation().equals("placeOrder") ? PLACED : DONE;
  }

  @Test
  void sends_as_many_commands_as_are_due_whatever_they_are() {
    var traffic = traffic("approved=1");
    for (var i = 0; i < 20_000; i++, now += MILLI) {
      var call = traffic.next(now);
      assertThat(call.command()).isTrue();
      traffic.answered(call, 200, answer(call), now);
    }
    assertThat(traffic.commands().accepted()).isEqualTo(20_000);
    // An order's four steps are on their way for six seconds, so a good part has come to its end.
    assertThat(traffic.lived()).containsOnlyKeys("approved");
    assertThat(traffic.lived().get("approved")).isBetween(3_000, 5_000);
    assertThat(Objects.requireNonNull(traffic.operations().get("placeOrder")).accepted())
        .isBetween(4_000, 9_000);
  }

  @Test
  void counts_latency_from_the_intended_start() {
    var traffic = traffic("place-order");
    var first = traffic.next(now);
    // The generator stands still for two seconds, and its second call comes so much too late.
    now += 2_000 * MILLI;
    var second = traffic.next(now);
    traffic.answered(first, 201, PLACED, now);
    traffic.answered(second, 201, PLACED, now + 5 * MILLI);
    assertThat(second.intendedNanos()).isEqualTo(MILLI);
    assertThat(traffic.commands().latency().max()).isBetween(2_000.0, 2_010.0);
    assertThat(traffic.lateStarts().max()).isBetween(1_990.0, 2_000.0);
  }

  @Test
  void takes_the_generator_that_runs_ahead_for_one_that_began_late() {
    var traffic = traffic("place-order");
    now = 10 * MILLI;
    traffic.next(now);
    var second = traffic.next(now + MILLI / 2);
    assertThat(second.intendedNanos()).isEqualTo(now + MILLI / 2);
    assertThat(traffic.next(now + 3 * MILLI / 2).intendedNanos()).isEqualTo(now + 3 * MILLI / 2);
  }

  @Test
  void tries_a_refused_step_again_under_a_new_key_and_gives_up_in_the_end() {
    var traffic = traffic("approved=1");
    var place = traffic.next(now);
    for (var attempt = 0; attempt < 5; attempt++) {
      traffic.answered(place, 409, TOO_EARLY, now);
      now += 1_000 * MILLI;
      var again = traffic.next(now);
      assertThat(again.order().equals(place.order())).isEqualTo(attempt < 4);
      if (attempt < 4) {
        assertThat(again.request().idempotencyKey()).isNotEqualTo(place.request().idempotencyKey());
        place = again;
      }
    }
    assertThat(traffic.commands().refused()).isEqualTo(5);
    assertThat(traffic.lived()).containsEntry("given-up", 1);
  }

  @Test
  void repeats_a_lost_command_under_its_key() {
    var traffic = traffic("place-order");
    var place = traffic.next(now);
    traffic.answered(place, 0, "", now);
    now += 1_000 * MILLI;
    var again = traffic.next(now);
    assertThat(again.request()).isEqualTo(place.request());
    traffic.answered(again, 503, "", now);
    assertThat(traffic.commands().failed()).isEqualTo(2);
  }

  @Test
  void ends_an_order_that_was_cancelled_where_a_request_was_meant() {
    var traffic = traffic("approved=1");
    var order = traffic.next(now).order();
    order.accepted(Target.json(PLACED), "k1");
    order.accepted(Target.json(DONE), "k2");
    assertThat(order.step()).isEqualTo(Step.ASK);
    order.accepted(Target.json("{\"result\":\"CANCELLED\"}"), "k3");
    assertThat(order.isOver()).isTrue();
  }

  @Test
  void lets_some_look_at_what_they_have_done() {
    var traffic = traffic("placed=1");
    var looked = 0;
    for (var i = 0; i < 1_000; i++, now += MILLI) {
      var call = traffic.next(now);
      traffic.answered(call, 201, PLACED, now);
      var view = traffic.look(call, now);
      if (view.isEmpty()) continue;
      looked++;
      traffic.answered(view.get(), 200, DONE, now);
      assertThat(traffic.look(view.get(), now)).isEmpty();
    }
    assertThat(looked).isBetween(200, 300).isEqualTo(traffic.views().accepted());
    assertThat(traffic.commands().accepted()).isEqualTo(1_000);
  }
}
