package marketplace.eventsourcing;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A foreign event that this service refused, as it came: the only event of a stream of its own,
/// named after it. So the copy for the world leaves as every other event does.
///
/// @param data the record's value
/// @param reason for example `ILLEGAL_TRANSITION`
public record RejectedFact(
    String key,
    String type,
    @Nullable String dataSchema,
    String data,
    String rejectedBy,
    String reason) {
  public static final String TOPIC = "rejected.events.v1";

  static final String CATEGORY = "rejected";

  /// Its command is the event itself; said twice it is already so.
  public static final Aggregate<RejectedFact, Boolean, RejectedFact, Void> AGGREGATE =
      new Aggregate<>(
          CATEGORY,
          new Once(),
          new EventCodec<RejectedFact>(new ObjectMapper())
              .writes("rejected.fact.v1", RejectedFact.class),
          stored -> Optional.of(stored.event().toMessage()),
          change -> List.of(),
          rejection -> "");

  public static StreamId streamOf(UUID refused) {
    return new StreamId(CATEGORY, refused);
  }

  Message toMessage() {
    return new Message(
        TOPIC,
        key,
        type,
        dataSchema == null ? "" : dataSchema,
        data,
        Map.of(Envelope.REJECTED_BY, rejectedBy, Envelope.REJECT_REASON, reason));
  }

  private record Once() implements Decider<RejectedFact, Boolean, RejectedFact, Void> {
    @Override
    public Boolean initialState() {
      return false;
    }

    @Override
    public Decision<RejectedFact, Void> decide(
        RejectedFact refused, Boolean known, java.time.Instant at) {
      return known ? Decision.alreadySo() : Decision.accept(refused);
    }

    @Override
    public Boolean evolve(Boolean known, RejectedFact event) {
      return true;
    }

    @Override
    public Optional<Deadline<RejectedFact>> nextDeadline(Boolean known) {
      return Optional.empty();
    }
  }
}
