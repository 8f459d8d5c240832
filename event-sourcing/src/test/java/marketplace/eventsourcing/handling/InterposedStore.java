package marketplace.eventsourcing.handling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import marketplace.eventsourcing.store.EventStore;
import marketplace.eventsourcing.store.Loaded;
import marketplace.eventsourcing.store.SetAside;
import marketplace.eventsourcing.store.Wanted;
import marketplace.eventsourcing.store.Writes;

/// The real store, with somebody who does something between a batch's reading and its writing.
final class InterposedStore implements EventStore {
  private final EventStore store;

  /// How many events each batch tried to write.
  final List<Integer> attempts = new CopyOnWriteArrayList<>();

  private final List<Runnable> onBegin = new ArrayList<>();
  private final List<Runnable> onWrite = new ArrayList<>();

  InterposedStore(EventStore store) {
    this.store = store;
  }

  synchronized void beforeNextBegin(Runnable interloper) {
    onBegin.add(interloper);
  }

  synchronized void beforeNextWrite(Runnable interloper) {
    onWrite.add(interloper);
  }

  private static void run(List<Runnable> interlopers) {
    if (!interlopers.isEmpty()) interlopers.removeFirst().run();
  }

  @Override
  public Transaction begin() {
    synchronized (this) {
      run(onBegin);
    }
    var transaction = store.begin();
    return new Transaction() {
      @Override
      public Loaded read(Wanted wanted) {
        return transaction.read(wanted);
      }

      @Override
      public void write(Writes writes) {
        attempts.add(writes.events().size());
        synchronized (InterposedStore.this) {
          run(onWrite);
        }
        transaction.write(writes);
      }

      @Override
      public void commit() {
        transaction.commit();
      }

      @Override
      public void close() {
        transaction.close();
      }
    };
  }

  @Override
  public List<SetAside> dueForRetry(Instant parkedBefore, Instant now, int limit) {
    return store.dueForRetry(parkedBefore, now, limit);
  }

  @Override
  public void postpone(SetAside failed) {
    store.postpone(failed);
  }

  @Override
  public List<SetAside> setAside(int limit) {
    return store.setAside(limit);
  }

  @Override
  public void tidy(Instant forgetAnswersBefore, Instant now) {
    store.tidy(forgetAnswersBefore, now);
  }
}
