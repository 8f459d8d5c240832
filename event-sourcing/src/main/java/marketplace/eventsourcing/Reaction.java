package marketplace.eventsourcing;

import java.util.List;

/// What another service's fact asks of this one: the mirror of a Decider. Pure, and called at least
/// once for each fact, so the commands must bear repetition.
@FunctionalInterface
public interface Reaction<M> {
  Response reactTo(Fact<? extends M> fact);

  sealed interface Response {}

  /// All steps and rows, or nothing of them. Both empty: the fact is none of our business.
  record React(List<Step> steps, List<ViewRow> rows) implements Response {
    public React {
      steps = List.copyOf(steps);
      rows = List.copyOf(rows);
    }
  }

  /// The fact needs something that is not here yet; it is parked and asked again later.
  ///
  /// @param what for people, for example `policy:GENEROUS`
  record Await(String what) implements Response {}

  /// One command for one stream.
  ///
  /// @param opens may this be the stream's first event? If not, and the stream is still empty, the
  ///   fact is parked until another one opens the stream
  record Step(StreamId stream, Object command, boolean opens) {}

  static Response nothing() {
    return new React(List.of(), List.of());
  }

  static Response open(StreamId stream, Object command) {
    return new React(List.of(new Step(stream, command, true)), List.of());
  }

  static Response tell(StreamId stream, Object command) {
    return new React(List.of(new Step(stream, command, false)), List.of());
  }

  static Response show(List<ViewRow> rows) {
    return new React(List.of(), rows);
  }
}
