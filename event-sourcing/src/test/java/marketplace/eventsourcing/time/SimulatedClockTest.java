package marketplace.eventsourcing.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import marketplace.eventsourcing.ClockRecord;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {
  private static final Instant WALL = Instant.parse("2026-11-21T10:00:00.000Z");
  private static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00.000Z");

  private final SettableWall wall = new SettableWall(WALL);
  private final SimulatedClock clock = new SimulatedClock(wall);

  @Test
  void knows_no_time_before_it_was_told() {
    assertThat(clock.ready()).isFalse();
    assertThatThrownBy(clock::instant).isInstanceOf(UnknownTimeException.class);
  }

  @Test
  void runs_at_the_rate_of_its_record() {
    clock.apply(record(1, MONDAY, 3600));
    wall.pass(Duration.ofMillis(1001));
    assertThat(clock.moment()).isEqualTo(new Moment(MONDAY.plusMillis(3_603_600), 1, 3600, null));
    assertThat(clock.ready()).isTrue();
  }

  @Test
  void stands_still_at_rate_zero() {
    clock.apply(record(1, MONDAY, 0));
    wall.pass(Duration.ofDays(1));
    assertThat(clock.instant()).isEqualTo(MONDAY);
  }

  @Test
  void has_whole_milliseconds() {
    wall.set(WALL.plusNanos(999_999));
    clock.apply(record(1, MONDAY.plusNanos(1_500_000), 1));
    assertThat(clock.instant()).isEqualTo(MONDAY.plusMillis(1));
  }

  @Test
  void follows_a_newer_epoch_only() {
    clock.apply(record(7, MONDAY, 0));
    assertThat(clock.apply(record(7, MONDAY.plusSeconds(1), 0))).isFalse();
    assertThat(clock.apply(record(6, MONDAY.plusSeconds(1), 0))).isFalse();
    assertThat(clock.instant()).isEqualTo(MONDAY);
    assertThat(clock.apply(record(8, MONDAY.plusSeconds(1), 0))).isTrue();
    assertThat(clock.instant()).isEqualTo(MONDAY.plusSeconds(1));
  }

  @Test
  void holds_still_until_a_record_that_is_behind_has_caught_up() {
    clock.apply(record(1, MONDAY, 1000));
    wall.pass(Duration.ofSeconds(1));
    assertThat(clock.instant()).isEqualTo(MONDAY.plusSeconds(1000));
    clock.apply(new ClockRecord(2, wall.instant(), MONDAY.plusSeconds(900), 100, null));
    assertThat(clock.moment()).isEqualTo(new Moment(MONDAY.plusSeconds(1000), 2, 100, null));
    wall.pass(Duration.ofMillis(999));
    assertThat(clock.instant()).isEqualTo(MONDAY.plusSeconds(1000));
    wall.pass(Duration.ofMillis(2));
    assertThat(clock.instant()).isEqualTo(MONDAY.plusSeconds(1000).plusMillis(100));
  }

  @Test
  void holds_still_when_the_wall_clock_is_put_back() {
    clock.apply(record(1, MONDAY, 1));
    wall.pass(Duration.ofSeconds(5));
    assertThat(clock.instant()).isEqualTo(MONDAY.plusSeconds(5));
    wall.set(WALL.minusSeconds(60));
    assertThat(clock.instant()).isEqualTo(MONDAY.plusSeconds(5));
  }

  @Test
  void ends_instead_of_overflowing() {
    clock.apply(new ClockRecord(1, Instant.EPOCH, MONDAY, ClockRecord.RATE_MAX, null));
    wall.set(ClockRecord.LATEST);
    assertThat(clock.instant()).isEqualTo(ClockRecord.LATEST);
  }

  @Test
  void tells_its_listeners_of_each_change() {
    List<Instant> seen = new ArrayList<>();
    clock.onChange(() -> seen.add(clock.instant()));
    clock.apply(record(1, MONDAY, 0));
    clock.apply(record(1, MONDAY.plusSeconds(1), 0));
    clock.apply(record(2, MONDAY.plusSeconds(2), 0));
    assertThat(seen).containsExactly(MONDAY, MONDAY.plusSeconds(2));
  }

  @Test
  void never_shows_a_new_time_with_an_old_bound() throws Exception {
    clock.apply(bounded(1));
    List<String> wrong = new ArrayList<>();
    var reader =
        Thread.ofVirtual()
            .start(() -> {
              Moment now;
              do {
                now = clock.moment();
                var bound = now.deadlinesUpTo();
                if (bound == null || !bound.at().equals(now.instant())) wrong.add(now.toString());
              } while (now.epoch() < 20_000);
            });
    for (var epoch = 2; epoch <= 20_000; epoch++) clock.apply(bounded(epoch));
    reader.join();
    assertThat(wrong).isEmpty();
  }

  private static ClockRecord bounded(int epoch) {
    var at = MONDAY.plusSeconds(epoch);
    return new ClockRecord(epoch, WALL, at, 0, new ClockRecord.Bound(at, 1, "x"));
  }

  private static ClockRecord record(long epoch, Instant simulated, long rate) {
    return new ClockRecord(epoch, WALL, simulated, rate, null);
  }
}
