package marketplace.eventsourcing;

import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One topic that a service reads: which types it knows, how their data is read, what they ask.
///
/// @param known types that are read; all others are skipped and counted
public record Inbound<M>(
    String topic, Predicate<String> known, Reader<M> reader, Reaction<M> reaction) {

  /// From a record's data to what it says.
  @FunctionalInterface
  public interface Reader<M> {
    /// Throws a RuntimeException whose message says what is wrong where the data cannot be read.
    ///
    /// @param dataSchema `ce_dataschema`; null where the record does not say
    /// @param key the record's, which must be the one that the data asks for
    M read(String type, @Nullable String dataSchema, UUID key, byte[] data);
  }
}
