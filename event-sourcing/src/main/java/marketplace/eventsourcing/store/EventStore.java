package marketplace.eventsourcing.store;

import java.time.Instant;
import java.util.List;

/// Stores the events of a batch with all rows beside them, or nothing.
public interface EventStore {
  /// @throws StoreUnavailableException where the database cannot be reached
  Transaction begin();

  /// What the sweep should look at again, oldest first: parked records whose stream exists by now
  /// or that were received before `parkedBefore`, all that await something else, and faulty ones
  /// whose time has come. All instants are wall time.
  List<SetAside> dueForRetry(Instant parkedBefore, Instant now, int limit);

  /// Keeps reason, attempts and time of the next one of a record that failed again.
  void postpone(SetAside failed);

  /// What is set aside, oldest first, for people to look at.
  List<SetAside> setAside(int limit);

  /// Removes answers that nobody may ask for again, and makes room for those to come.
  void tidy(Instant forgetAnswersBefore, Instant now);

  /// One batch. Closing it without a commit leaves everything as it was.
  interface Transaction extends AutoCloseable {
    /// Answers that another transaction is still working at are reported as busy.
    Loaded read(Wanted wanted);

    /// @throws ConcurrentAppendException where another transaction came first
    void write(Writes writes);

    /// @throws StoreUnavailableException where it is not known whether it took place
    void commit();

    @Override
    void close();
  }
}
