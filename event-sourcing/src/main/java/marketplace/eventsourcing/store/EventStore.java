package marketplace.eventsourcing.store;

import java.util.List;

/// Stores the events of a batch with all rows beside them, or nothing.
public interface EventStore {
  /// @throws StoreUnavailableException where the database cannot be reached
  Transaction begin();

  /// Parked records that the sweep should look at again: those whose stream exists by now, those
  /// that await something else, those that are older than `parkedBefore`, and those whose turn to
  /// be tried again has come. Oldest first.
  List<SetAside> dueForRetry(java.time.Instant parkedBefore, int limit);

  /// What is set aside, oldest first, for people to look at.
  List<SetAside> setAside(int limit);

  /// Removes kept answers that nobody may ask for again.
  void forgetAnswersBefore(java.time.Instant wallTime);

  /// One batch. Closing it without a commit leaves everything as it was.
  interface Transaction extends AutoCloseable {
    /// Answers of keys that another transaction is still working at are reported as busy.
    Loaded read(Wanted wanted);

    /// @throws ConcurrentAppendException where another transaction came first
    void write(Writes writes);

    /// @throws StoreUnavailableException where it is not known whether it took place
    void commit();

    @Override
    void close();
  }
}
