package marketplace.eventsourcing;

import java.util.List;
import java.util.function.Function;
import marketplace.eventsourcing.tracing.Step;
import org.jspecify.annotations.Nullable;

/// A caller's command, with all that is needed to answer him in one go.
///
/// @param expectedVersion of `If-Match`; null where any version will do
/// @param idempotencyKey null inside the house, where nobody repeats
/// @param answer made from the outcome before the commit, stored with it, sent after it
/// @param rows beside those of the projection, where a command brings what no event carries
public record CommandRequest<C, S, E, R>(
    StreamId stream,
    C command,
    Trace trace,
    @Nullable Integer expectedVersion,
    @Nullable IdempotencyKey idempotencyKey,
    Function<Outcome<S, E, R>, Answer> answer,
    Function<Outcome<S, E, R>, List<ViewRow>> rows)
    implements Prepared {

  public CommandRequest(
      StreamId stream,
      C command,
      Trace trace,
      @Nullable Integer expectedVersion,
      @Nullable IdempotencyKey idempotencyKey,
      Function<Outcome<S, E, R>, Answer> answer) {
    this(stream, command, trace, expectedVersion, idempotencyKey, answer, outcome -> List.of());
  }

  public CommandRequest<C, S, E, R> goingOnFrom(Step step) {
    return new CommandRequest<>(
        stream, command, trace.goingOnFrom(step), expectedVersion, idempotencyKey, answer, rows);
  }
}
