package marketplace.eventsourcing.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import marketplace.eventsourcing.LogFields;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/// What one poll brought of one partition, on its way through the inbox in its order. What the
/// inbox fails at is handed on again, with all that follows it, for as long as it takes.
final class Lane {
  private static final Logger LOG = Logger.getLogger(Lane.class);
  private static final Duration RETRY_AFTER_MIN = Duration.ofMillis(100);
  private static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(5);

  private final Function<ConsumerRecord<byte[], byte[]>, CompletableFuture<Void>> inbox;
  private final Runnable whenSettled;
  private final long polledAt;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting;
  private final Deque<Member> onTheirWay = new ArrayDeque<>();
  private final AtomicInteger unsettled = new AtomicInteger();
  private long next;
  private Duration retryAfter = RETRY_AFTER_MIN;
  private long retryAtNanos = System.nanoTime();

  private record Member(ConsumerRecord<byte[], byte[]> record, CompletableFuture<Void> done) {}

  /// @param polledAt wall time in milliseconds
  /// @param whenSettled called on any thread when nothing is on its way any more
  Lane(
      List<ConsumerRecord<byte[], byte[]>> records,
      long polledAt,
      Function<ConsumerRecord<byte[], byte[]>, CompletableFuture<Void>> inbox,
      Runnable whenSettled) {
    this.waiting = new ArrayDeque<>(records);
    this.polledAt = polledAt;
    this.inbox = inbox;
    this.whenSettled = whenSettled;
    this.next = records.getFirst().offset();
  }

  /// Hands on what came before `until` (wall time in milliseconds), and notes what has become of
  /// the rest.
  void advance(long until) {
    settle();
    if (onTheirWay.stream().anyMatch(member -> member.done().isCompletedExceptionally())) {
      retry();
    }
    if (System.nanoTime() - retryAtNanos < 0) return;
    while (!waiting.isEmpty() && cameAt(waiting.getFirst()) <= until) {
      var record = waiting.removeFirst();
      unsettled.incrementAndGet();
      var done = handOn(record);
      onTheirWay.addLast(new Member(record, done));
      var _ =
          done.whenComplete((_, _) -> {
            if (unsettled.decrementAndGet() == 0) whenSettled.run();
          });
    }
  }

  boolean isDone() {
    return waiting.isEmpty() && onTheirWay.isEmpty();
  }

  int size() {
    return waiting.size() + onTheirWay.size();
  }

  /// The offset up to which all is done.
  long next() {
    return next;
  }

  void awaitHandedOn(long untilNanos) {
    for (var member : onTheirWay) {
      try {
        var left = Math.max(0, untilNanos - System.nanoTime());
        var _ = member.done().get(left, TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException _) {
        break; // it is read again, as is all behind it
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    settle();
  }

  private void settle() {
    while (!onTheirWay.isEmpty()) {
      var first = onTheirWay.getFirst();
      if (!first.done().isDone() || first.done().isCompletedExceptionally()) return;
      onTheirWay.removeFirst();
      next = first.record().offset() + 1;
      retryAfter = RETRY_AFTER_MIN;
    }
  }

  /// Waits until none is on its way, because they must not overtake each other.
  private void retry() {
    retryAtNanos = System.nanoTime() + retryAfter.toNanos();
    if (unsettled.get() > 0) return;
    var first = onTheirWay.getFirst();
    var record = first.record();
    try (var _ = LogFields.of(Deliveries.of(record, Instant.ofEpochMilli(polledAt)))) {
      LOG.warnf(
          "%s-%d: offset %d is handed on again after %s: %s",
          record.topic(),
          record.partition(),
          record.offset(),
          retryAfter,
          first.done().exceptionNow());
    }
    while (!onTheirWay.isEmpty()) waiting.addFirst(onTheirWay.removeLast().record());
    var doubled = retryAfter.multipliedBy(2);
    retryAfter = doubled.compareTo(RETRY_AFTER_MAX) < 0 ? doubled : RETRY_AFTER_MAX;
  }

  /// A producer's clock may be wrong, but nothing came later than it was polled.
  private long cameAt(ConsumerRecord<byte[], byte[]> record) {
    return Math.min(record.timestamp(), polledAt);
  }

  private CompletableFuture<Void> handOn(ConsumerRecord<byte[], byte[]> record) {
    try {
      return inbox.apply(record);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
