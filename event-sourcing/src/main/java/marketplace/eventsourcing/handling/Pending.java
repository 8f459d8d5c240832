package marketplace.eventsourcing.handling;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A task that waits for its turn, and whoever waits for the task.
final class Pending {
  enum Source {
    CALLER,
    FACT,
    DEADLINE
  }

  private final Task task;
  private final Source source;
  private final Set<Object> claims;
  private final CompletableFuture<Result> result;

  // Touched by one writer at a time, and handed on under the lock of the queues.
  private int races;
  private int faults;
  private long notBefore = System.nanoTime();

  Pending(Task task, Source source) {
    this(task, source, new CompletableFuture<>());
  }

  private Pending(Task task, Source source, CompletableFuture<Result> result) {
    this.task = task;
    this.source = source;
    this.claims = task.claims();
    this.result = result;
  }

  /// The same one waits, for another task.
  Pending as(Task other) {
    return new Pending(other, source, result);
  }

  Task task() {
    return task;
  }

  Source source() {
    return source;
  }

  Set<Object> claims() {
    return claims;
  }

  CompletableFuture<Result> result() {
    return result;
  }

  int countRace() {
    return ++races;
  }

  int countFault() {
    return ++faults;
  }

  /// In terms of `System.nanoTime`.
  long notBefore() {
    return notBefore;
  }

  void notBefore(long nanoTime) {
    notBefore = nanoTime;
  }
}
