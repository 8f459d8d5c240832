package marketplace.eventsourcing.handling;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.IdempotencyKey;
import marketplace.eventsourcing.LogFields;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.store.AnswerSlot;
import marketplace.eventsourcing.store.SetAside;
import org.jspecify.annotations.Nullable;

/// One member of a batch: decided as a whole or not at all.
sealed interface Task {
  record Command(CommandRequest<?, ?, ?, ?> request) implements Task {}

  /// @param fault why it is given up for now and set aside; null: it shall be applied
  record Arrival(Incoming incoming, @Nullable Fault fault) implements Task {}

  /// A deadline of this stream may be due.
  record Wake(StreamId stream) implements Task {}

  /// What was set aside is looked at again.
  ///
  /// @param refusable has it waited for too long?
  record Retry(SetAside setAside, Incoming incoming, boolean refusable) implements Task {}

  /// What one of the service's own events asks of other streams afterwards.
  record Follow(StoredEvent<?> event, List<Reaction.Step> steps) implements Task {}

  /// What it must have for itself: own streams, a foreign stream, a record's key, an answer's slot.
  /// Two tasks that share a claim are decided in the order in which they came.
  default Set<Object> claims() {
    Set<Object> claims = new HashSet<>();
    switch (this) {
      case Command(var request) -> {
        claims.add(request.stream());
        var key = request.idempotencyKey();
        if (key != null) claims.add(slot(key));
      }
      case Arrival(var incoming, _) -> addClaims(incoming, claims);
      case Wake(var stream) -> claims.add(stream);
      case Retry(_, var incoming, _) -> addClaims(incoming, claims);
      case Follow(var event, var steps) -> {
        claims.add(event.eventId());
        for (var step : steps) claims.add(step.stream());
      }
    }
    return claims;
  }

  /// What a log line about it is about.
  default LogFields logFields() {
    return switch (this) {
      case Command(var request) ->
          LogFields.of(request.stream().toString(), request.trace().correlationId().toString());
      case Arrival(var incoming, _) -> LogFields.of(incoming.delivery());
      case Wake(var stream) -> LogFields.of(stream.toString(), null);
      case Retry(_, var incoming, _) -> LogFields.of(incoming.delivery());
      case Follow(var event, _) ->
          LogFields.of(event.stream().toString(), event.trace().correlationId().toString());
    };
  }

  private static void addClaims(Incoming incoming, Set<Object> claims) {
    claims.addAll(incoming.streams());
    var envelope = incoming.envelope();
    if (envelope == null) return;
    claims.add(envelope.subject());
    claims.add(envelope.id());
    var key = incoming.delivery().key();
    if (key != null) claims.add(key);
  }

  private static AnswerSlot slot(IdempotencyKey key) {
    return AnswerSlot.of(key);
  }
}
