package marketplace.eventsourcing.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import marketplace.eventsourcing.Delivery;

/// Takes whatever comes, and answers as the test wants it.
final class TestInbox implements Function<Delivery, CompletableFuture<Void>> {
  private final List<Delivery> taken = new ArrayList<>();
  private final List<CompletableFuture<Void>> kept = new ArrayList<>();
  private boolean keeps;
  private int failuresLeft;

  @Override
  public synchronized CompletableFuture<Void> apply(Delivery delivery) {
    if (failuresLeft > 0) {
      failuresLeft--;
      return CompletableFuture.failedFuture(new IllegalStateException("database away"));
    }
    taken.add(delivery);
    if (!keeps) return CompletableFuture.completedFuture(null);
    var answer = new CompletableFuture<Void>();
    kept.add(answer);
    return answer;
  }

  /// From now on nothing is answered until `release`.
  synchronized void keep() {
    keeps = true;
  }

  void release() {
    List<CompletableFuture<Void>> answers;
    synchronized (this) {
      keeps = false;
      answers = List.copyOf(kept);
      kept.clear();
    }
    answers.forEach(answer -> answer.complete(null));
  }

  synchronized void failNext(int times) {
    failuresLeft = times;
  }

  synchronized boolean isFailing() {
    return failuresLeft > 0;
  }

  synchronized int size() {
    return taken.size();
  }

  synchronized List<Delivery> taken() {
    return List.copyOf(taken);
  }

  List<Long> offsets(int partition) {
    return taken().stream()
        .filter(delivery -> delivery.partition() == partition)
        .map(Delivery::offset)
        .toList();
  }
}
