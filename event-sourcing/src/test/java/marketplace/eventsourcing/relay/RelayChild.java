package marketplace.eventsourcing.relay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import marketplace.eventsourcing.relay.RelayProbe.Step;

/// A relay in a process of its own, for a test to kill.
final class RelayChild {
  static final String PUBLISHING = "publishing";
  static final String AT_STEP = "at the step";

  private RelayChild() {}

  /// Arguments: service, topic, database address, user, password, brokers, and where given the step
  /// at which it stands still until it is killed, and the how manieth time that is.
  public static void main(String[] arguments) {
    var step = arguments.length > 6 ? Step.valueOf(arguments[6]) : null;
    var times = new AtomicInteger(step == null ? -1 : Integer.parseInt(arguments[7]));
    var settings =
        new RelaySettings(
            arguments[0],
            arguments[2],
            arguments[3],
            arguments[4],
            Map.of("bootstrap.servers", arguments[5]));
    var silent = new AtomicBoolean(true);
    RelayProbe probe =
        reached -> {
          if (reached == Step.ACKNOWLEDGED && silent.getAndSet(false)) {
            System.out.println(PUBLISHING);
          }
          if (reached == step && times.decrementAndGet() == 0) {
            System.out.println(AT_STEP);
            standStill();
          }
        };
    new Relay(settings, List.of(Notes.publishedOn(arguments[1])), new SimpleMeterRegistry(), probe)
        .start();
  }

  private static void standStill() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
