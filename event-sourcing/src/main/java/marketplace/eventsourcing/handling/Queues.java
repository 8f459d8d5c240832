package marketplace.eventsourcing.handling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import marketplace.eventsourcing.handling.Pending.Source;
import marketplace.eventsourcing.store.StoreUnavailableException;

/// Where callers, facts and deadlines wait, each in a bounded queue with a share of every batch, so
/// that many of one kind delay the others by one batch and not by all.
final class Queues {
  /// Of a batch, for facts as for deadlines; callers have the rest, and everyone what others leave.
  private static final int SHARE = 4;

  /// How far a writer looks for members that it may take, in batches.
  private static final int LOOK_AHEAD = 4;

  private final HandlerSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Map<Source, Queue> queues = new EnumMap<>(Source.class);

  /// What the members of open batches have for themselves.
  private final Set<Object> busy = new HashSet<>();

  private boolean closed;

  private final class Queue {
    final Deque<Pending> waiting = new ArrayDeque<>();
    final Condition room = lock.newCondition();
    final int max;

    Queue(int max) {
      this.max = max;
    }
  }

  Queues(HandlerSettings settings) {
    this.settings = settings;
    queues.put(Source.CALLER, new Queue(settings.waitingCallersMax()));
    queues.put(Source.FACT, new Queue(settings.waitingFactsMax()));
    queues.put(Source.DEADLINE, new Queue(settings.waitingDeadlinesMax()));
  }

  private Queue queue(Source source) {
    var queue = queues.get(source);
    if (queue == null) throw new IllegalStateException("no queue for " + source);
    return queue;
  }

  int waiting(Source source) {
    lock.lock();
    try {
      return queue(source).waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /// Turns away where there is no room.
  void offer(Pending pending) {
    lock.lock();
    try {
      requireOpen();
      var queue = queue(pending.source());
      if (queue.waiting.size() >= queue.max) throw new QueueFullException(queue.max);
      add(queue, pending);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for room.
  void put(Pending pending) {
    lock.lock();
    try {
      var queue = queue(pending.source());
      requireOpen();
      while (queue.waiting.size() >= queue.max) {
        queue.room.await();
        requireOpen();
      }
      add(queue, pending);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for room", e);
    } finally {
      lock.unlock();
    }
  }

  private void add(Queue queue, Pending pending) {
    queue.waiting.addLast(pending);
    work.signal();
  }

  private void requireOpen() {
    if (closed) throw stopped();
  }

  private static StoreUnavailableException stopped() {
    return new StoreUnavailableException("the command handler has stopped", null);
  }

  /// To the head, where it was, to be taken again after a while. What it had for itself is released
  /// with the batch that it was in.
  void putBack(Pending pending, Duration delay) {
    lock.lock();
    try {
      if (closed) {
        pending.result().completeExceptionally(stopped());
        return;
      }
      pending.notBefore(System.nanoTime() + delay.toNanos());
      queue(pending.source()).waiting.addFirst(pending);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for members of the next batch; empty once the queues are closed.
  List<Pending> take() {
    lock.lock();
    try {
      while (!closed) {
        var batch = new ArrayList<Pending>();
        var wait = collect(batch);
        if (!batch.isEmpty()) {
          for (var pending : batch) busy.addAll(pending.claims());
          return batch;
        }
        if (wait == Long.MAX_VALUE) work.await();
        else work.awaitNanos(Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1)));
      }
      return List.of();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /// Answers how long the first of those that were left may not be taken yet, in nanoseconds.
  private long collect(List<Pending> batch) {
    var max = settings.batchMembersMax();
    var share = Math.max(1, max / SHARE);
    var facts = queue(Source.FACT);
    var deadlines = queue(Source.DEADLINE);
    var keptForDeadlines = Math.min(deadlines.waiting.size(), share);
    var keptForFacts = Math.min(facts.waiting.size(), share);
    var wait = collect(queue(Source.CALLER), max - keptForFacts - keptForDeadlines, batch);
    wait = Math.min(wait, collect(facts, max - keptForDeadlines, batch));
    return Math.min(wait, collect(deadlines, max, batch));
  }

  /// Up to `max` members altogether. One that may not be taken holds back those behind it that
  /// share a claim with it.
  private long collect(Queue queue, int max, List<Pending> batch) {
    var now = System.nanoTime();
    var wait = Long.MAX_VALUE;
    var left = new ArrayDeque<Pending>();
    var leftClaims = new HashSet<Object>();
    var lookAhead = LOOK_AHEAD * settings.batchMembersMax();
    var taken = batch.size();
    while (batch.size() < max && left.size() < lookAhead && !queue.waiting.isEmpty()) {
      var pending = queue.waiting.removeFirst();
      var early = pending.notBefore() - now;
      if (early > 0
          || meets(pending, busy)
          || (!leftClaims.isEmpty() && meets(pending, leftClaims))) {
        if (early > 0) wait = Math.min(wait, early);
        left.addLast(pending);
        leftClaims.addAll(pending.claims());
      } else {
        batch.add(pending);
      }
    }
    while (!left.isEmpty()) queue.waiting.addFirst(left.removeLast());
    if (batch.size() > taken) queue.room.signalAll();
    return wait;
  }

  private static boolean meets(Pending pending, Set<Object> claims) {
    for (var claim : pending.claims()) {
      if (claims.contains(claim)) return true;
    }
    return false;
  }

  /// After the batch: what its members had for themselves is free again.
  void release(List<Pending> batch) {
    lock.lock();
    try {
      for (var pending : batch) busy.removeAll(pending.claims());
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      for (var queue : queues.values()) {
        for (var pending : queue.waiting) pending.result().completeExceptionally(stopped());
        queue.waiting.clear();
        queue.room.signalAll();
      }
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
