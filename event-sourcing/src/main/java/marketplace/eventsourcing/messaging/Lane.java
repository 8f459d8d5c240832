package marketplace.eventsourcing.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.LogFields;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.control.Mishap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// What one poll brought of one partition, on its way through the inbox in its order, unless fault
/// rules want it otherwise. What the inbox fails at is handed on again, with all that follows it,
/// for as long as it takes.
final class Lane {
  private static final Logger LOG = Logger.getLogger(Lane.class);
  private static final Duration RETRY_AFTER_MIN = Duration.ofMillis(100);
  private static final Duration RETRY_AFTER_MAX = Duration.ofSeconds(5);

  private final String topic;
  private final FaultRules faults;
  private final Function<ConsumerRecord<byte[], byte[]>, CompletableFuture<Void>> inbox;
  private final Runnable whenSettled;
  private final long polledAt;

  /// In their order. The first is the one that the committed offset waits for.
  private final Deque<Member> members = new ArrayDeque<>();

  private final AtomicInteger unsettled = new AtomicInteger();
  private long next;
  private Duration retryAfter = RETRY_AFTER_MIN;
  private long retryAtNanos = System.nanoTime();

  /// One record and how far it has come; touched by the loop alone.
  private static final class Member {
    final ConsumerRecord<byte[], byte[]> record;

    /// The rules' edition by which it was judged; none yet.
    long judgedBy = -1;

    Mishap mishap = Mishap.NONE;

    /// Passed over on purpose since then, in wall time.
    @Nullable Instant lostAt;

    /// What has befallen it once does not befall it again.
    boolean again;

    /// Null while it waits.
    @Nullable CompletableFuture<Void> done;

    Member(ConsumerRecord<byte[], byte[]> record) {
      this.record = record;
    }

    boolean waits() {
      return done == null && lostAt == null;
    }

    boolean isDone() {
      return done != null && done.isDone() && !done.isCompletedExceptionally();
    }

    boolean hasFailed() {
      return done != null && done.isCompletedExceptionally();
    }

    String key() {
      byte @Nullable [] key = record.key();
      return key == null ? "" : new String(key, UTF_8);
    }

    void startAgain() {
      if (waits()) return;
      done = null;
      lostAt = null;
      again = true;
    }
  }

  /// @param polledAt wall time in milliseconds
  /// @param whenSettled called on any thread when nothing is on its way any more
  Lane(
      List<ConsumerRecord<byte[], byte[]>> records,
      long polledAt,
      FaultRules faults,
      Function<ConsumerRecord<byte[], byte[]>, CompletableFuture<Void>> inbox,
      Runnable whenSettled) {
    records.forEach(record -> members.add(new Member(record)));
    this.topic = records.getFirst().topic();
    this.polledAt = polledAt;
    this.faults = faults;
    this.inbox = inbox;
    this.whenSettled = whenSettled;
    this.next = records.getFirst().offset();
  }

  /// Hands on what may go by now, and notes what has become of the rest.
  ///
  /// @param now wall time
  void advance(Instant now) {
    settle();
    if (members.stream().anyMatch(Member::hasFailed)) retry();
    if (System.nanoTime() - retryAtNanos < 0 || faults.holdsConsuming(topic)) return;
    redeliver(now);
    handOn(now);
  }

  boolean isDone() {
    return members.isEmpty();
  }

  int size() {
    return members.size();
  }

  /// The offset up to which all is done.
  long next() {
    return next;
  }

  void awaitHandedOn(long untilNanos) {
    for (var member : members) {
      var done = member.done;
      if (done == null) break;
      try {
        var left = Math.max(0, untilNanos - System.nanoTime());
        var _ = done.get(left, TimeUnit.NANOSECONDS);
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
    while (!members.isEmpty() && members.getFirst().isDone()) {
      next = members.removeFirst().record.offset() + 1;
      retryAfter = RETRY_AFTER_MIN;
    }
  }

  /// Waits until none is on its way, because they must not overtake each other.
  private void retry() {
    retryAtNanos = System.nanoTime() + retryAfter.toNanos();
    if (unsettled.get() > 0) return;
    var failed = members.stream().filter(Member::hasFailed).findFirst().orElseThrow();
    try (var _ = LogFields.of(Deliveries.of(failed.record, Instant.ofEpochMilli(polledAt)))) {
      LOG.warnf(
          "%s-%d: offset %d is handed on again after %s: %s",
          topic,
          failed.record.partition(),
          failed.record.offset(),
          retryAfter,
          Objects.requireNonNull(failed.done).exceptionNow());
    }
    startAgainFrom(failed);
    var doubled = retryAfter.multipliedBy(2);
    retryAfter = doubled.compareTo(RETRY_AFTER_MAX) < 0 ? doubled : RETRY_AFTER_MAX;
  }

  /// When all that came behind a lost one has passed, all starts again from the lost one.
  private void redeliver(Instant now) {
    if (unsettled.get() > 0 || members.stream().anyMatch(Member::waits)) return;
    var lost = members.stream().filter(member -> member.lostAt != null).toList();
    if (lost.isEmpty() || lost.stream().anyMatch(member -> isAway(member, now))) return;
    startAgainFrom(lost.getFirst());
  }

  /// Until its time, or until other rules hold.
  private boolean isAway(Member lost, Instant now) {
    var at = lost.lostAt;
    return at != null
        && lost.judgedBy == faults.edition()
        && now.isBefore(at.plus(lost.mishap.lostFor()));
  }

  /// Those before it may be waiting for their time. Of those behind it some have passed: whoever
  /// gets them twice knows them by their ids.
  private void startAgainFrom(Member first) {
    members.stream().dropWhile(member -> member != first).forEach(Member::startAgain);
  }

  private void handOn(Instant now) {
    Set<String> heldBack = new HashSet<>();
    for (var member : members) {
      if (!member.waits()) continue;
      if (!member.again) judge(member);
      if (now.isBefore(cameAt(member).plus(member.mishap.delay()))) return;
      if (heldBack.contains(member.key())
          || now.isBefore(cameAt(member).plus(member.mishap.heldBack()))) {
        heldBack.add(member.key());
      } else if (member.mishap.lost() && !member.again) {
        member.lostAt = now;
      } else {
        handOn(member);
      }
    }
  }

  /// Anew when the rules have changed meanwhile, so that what they held is free with them.
  private void judge(Member member) {
    var edition = faults.edition();
    if (member.judgedBy == edition) return;
    var record = member.record;
    var place = "%s-%d-%d".formatted(topic, record.partition(), record.offset());
    member.judgedBy = edition;
    member.mishap =
        faults.mishap(
            topic,
            member.key(),
            text(record.headers(), Envelope.TYPE, ""),
            text(record.headers(), Envelope.ID, place));
  }

  private static String text(Headers headers, String name, String otherwise) {
    var header = headers.lastHeader(name);
    return header == null || header.value() == null ? otherwise : new String(header.value(), UTF_8);
  }

  private void handOn(Member member) {
    unsettled.incrementAndGet();
    var done = handOn(member.record);
    if (member.mishap.twice() && !member.again) {
      done = CompletableFuture.allOf(done, handOn(member.record));
    }
    member.done = done;
    var _ =
        done.whenComplete((_, _) -> {
          if (unsettled.decrementAndGet() == 0) whenSettled.run();
        });
  }

  /// A producer's clock may be wrong, but nothing came later than it was polled.
  private Instant cameAt(Member member) {
    return Instant.ofEpochMilli(Math.min(member.record.timestamp(), polledAt));
  }

  private CompletableFuture<Void> handOn(ConsumerRecord<byte[], byte[]> record) {
    try {
      return inbox.apply(record);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
