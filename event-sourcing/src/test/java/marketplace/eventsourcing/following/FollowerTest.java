package marketplace.eventsourcing.following;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import marketplace.eventsourcing.sample.ChildProcess;
import marketplace.eventsourcing.sample.Kitchen;
import marketplace.eventsourcing.sample.Pot;
import marketplace.eventsourcing.time.Patience;
import org.junit.jupiter.api.Test;

/// What is taken from any pot comes together in the bucket: once, whoever follows.
class FollowerTest {
  private final Kitchen kitchen = new Kitchen();
  private final UUID ana = UUID.randomUUID();
  private final UUID lin = UUID.randomUUID();

  @Test
  void follows_every_event_once_however_many_instances_do() throws Exception {
    try (var first = service().follow();
        var second = service().follow()) {
      fill(first);
      for (var i = 0; i < 100; i++) {
        first.take(ana, 1);
        second.take(lin, 1);
      }
      awaitEnd(first);
      assertThat(received()).hasSize(200);
      assertThat(second.behind()).isZero();
    }
    assertThat(bucket()).isEqualTo("201");
  }

  @Test
  void goes_on_in_the_place_of_one_that_was_killed_before_it_kept_its_own() throws Exception {
    try (var writer = service()) {
      fill(writer);
      for (var i = 0; i < 20; i++) writer.take(i % 2 == 0 ? ana : lin, 1);
      try (var killed = child(7);
          var heir = service()) {
        killed.awaitLine(FollowingService.AT_POINT);
        heir.follow();
        assertThat(received()).as("dealt with, by the one that holds the turn").hasSize(7);
        assertThat(heir.behind()).isPositive();
        killed.kill();
        writer.take(ana, 5);
        awaitEnd(heir);
        assertThat(received()).hasSize(21);
      }
      assertThat(bucket()).isEqualTo("26");
    }
  }

  @Test
  void stays_where_it_is_while_something_fails_and_goes_on_afterwards() throws Exception {
    var failures = new AtomicInteger(2);
    try (var service =
        new FollowingService(
            kitchen.dataSource(),
            (_, done) ->
                failures.getAndDecrement() > 0
                    ? CompletableFuture.failedFuture(new IllegalStateException("tripped"))
                    : done)) {
      service.follow();
      fill(service);
      service.take(ana, 1);
      service.take(ana, 2);
      awaitEnd(service);
      assertThat(received()).hasSize(2);
      assertThat(bucket()).isEqualTo("4");
    }
  }

  private FollowingService service() {
    return new FollowingService(kitchen.dataSource());
  }

  private ChildProcess child(int standStillAfter) {
    var database = kitchen.database;
    return ChildProcess.start(
        FollowingService.class,
        List.of(
            database.url(),
            database.app(),
            database.password(),
            Integer.toString(standStillAfter)));
  }

  private void fill(FollowingService service) {
    service.fill(Pot.BUCKET, 1);
    service.fill(ana, 1_000);
    service.fill(lin, 1_000);
  }

  private static void awaitEnd(FollowingService service) throws Exception {
    Patience.until("all is followed", () -> service.behind() == 0);
  }

  /// Whose follow-ups the bucket has received, each once.
  private List<String> received() {
    return kitchen.texts(
        "select distinct causation_id from event where stream = '%s' and type = 'pot.received.v1'"
            .formatted(Pot.pot(Pot.BUCKET)));
  }

  private String bucket() {
    return kitchen
        .texts("select litres from pots where pot = '%s'".formatted(Pot.BUCKET))
        .getFirst();
  }
}
