package marketplace.eventsourcing.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.base.ChangeEventQueue;
import io.debezium.connector.base.QueueProvider;
import io.debezium.pipeline.Sizeable;
import io.debezium.util.LoggingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RestingQueueTest {
  private static final int POLLS = 20;

  private record Numbered(int number) implements Sizeable {
    @Override
    public long objectSize() {
      return 1;
    }
  }

  /// The same, and how often somebody asked for its size.
  private static final class Counting implements QueueProvider<Numbered> {
    private final RestingQueue<Numbered> queue = new RestingQueue<>();
    private final AtomicLong asked = new AtomicLong();

    @Override
    public String name() {
      return queue.name();
    }

    @Override
    public void configure(Map<String, ?> properties) {
      queue.configure(properties);
    }

    @Override
    public void enqueue(Numbered event) {
      queue.enqueue(event);
    }

    @Override
    public @Nullable Numbered poll() {
      return queue.poll();
    }

    @Override
    public int size() {
      asked.incrementAndGet();
      return queue.size();
    }
  }

  private final Counting counting = new Counting();
  private final ChangeEventQueue<Numbered> debezium =
      new ChangeEventQueue.Builder<Numbered>()
          .pollInterval(Duration.ofMillis(10))
          .maxBatchSize(100)
          .maxQueueSize(1_000)
          .loggingContextSupplier(() -> LoggingContext.forConnector("test", "test", "test"))
          .queueProvider(counting)
          .build();

  @Test
  void nobody_spins_at_an_empty_queue() throws InterruptedException {
    for (var poll = 0; poll < POLLS; poll++) assertThat(debezium.poll()).isEmpty();

    // Some twenty times each; thousands of times by one who spins.
    assertThat(counting.asked).hasValueLessThan(POLLS * 50L);
  }

  @Test
  void everything_comes_out_once_and_in_order() throws Exception {
    List<Integer> seen = new ArrayList<>();
    try (var threads = Executors.newSingleThreadExecutor()) {
      var writing =
          threads.submit(() -> {
            for (var number = 0; number < 5_000; number++) debezium.enqueue(new Numbered(number));
            return true;
          });
      while (seen.size() < 5_000) debezium.poll().forEach(event -> seen.add(event.number()));
      assertThat(writing.get()).isTrue();
    }
    assertThat(seen).isSorted().doesNotHaveDuplicates().hasSize(5_000);
  }
}
