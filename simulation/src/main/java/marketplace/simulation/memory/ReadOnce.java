package marketplace.simulation.memory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import marketplace.contracts.Message;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.ServiceRules;
import org.jspecify.annotations.Nullable;

/// Every reader of a record makes the same message of the same bytes; here the first one does it
/// for all. What was read long ago is read again.
final class ReadOnce {
  private static final int KEPT = 1024;

  private final @Nullable Read[] recent = new @Nullable Read[KEPT];

  private static final class Read {
    private final byte[] bytes;
    private final Message message;

    Read(byte[] bytes, Message message) {
      this.bytes = bytes;
      this.message = message;
    }
  }

  void keep(byte[] bytes, Message message) {
    recent[place(bytes)] = new Read(bytes, message);
  }

  private static int place(byte[] bytes) {
    return System.identityHashCode(bytes) % KEPT;
  }

  @SuppressWarnings("ReferenceEquality") // the same bytes, not equal ones
  private Optional<Message> find(byte[] bytes) {
    var read = recent[place(bytes)];
    return read != null && read.bytes == bytes ? Optional.of(read.message) : Optional.empty();
  }

  /// The same rules, which look here before they read.
  ServiceRules of(ServiceRules rules) {
    return new Looking(rules, rules.inbound().stream().<Inbound<?>>map(this::of).toList());
  }

  @SuppressWarnings("unchecked") // a topic has one family of messages
  private <M> Inbound<M> of(Inbound<M> inbound) {
    return new Inbound<>(
        inbound.topic(),
        inbound.known(),
        (type, schema, key, bytes) ->
            find(bytes)
                .map(read -> (M) read)
                .orElseGet(() -> inbound.reader().read(type, schema, key, bytes)),
        inbound.reaction());
  }

  private record Looking(ServiceRules rules, List<Inbound<?>> inbound) implements ServiceRules {
    @Override
    public String name() {
      return rules.name();
    }

    @Override
    public List<Aggregate<?, ?, ?, ?>> aggregates() {
      return rules.aggregates();
    }

    @Override
    public List<String> topics() {
      return rules.topics();
    }

    @Override
    public Map<String, Operation> operations() {
      return rules.operations();
    }
  }
}
