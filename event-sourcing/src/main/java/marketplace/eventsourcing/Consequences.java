package marketplace.eventsourcing;

import java.util.List;

/// What an event of one stream asks of other streams of the same service, decided and stored
/// together with it or not at all: an order that is placed uses a coupon.
///
/// The other stream decides. If it refuses, the event does not come about, and whoever asked for it
/// is refused in words of his own stream. An event that must come about, such as one of a deadline,
/// may only ask for what is never refused.
///
/// @param <E> events
/// @param <R> reasons to refuse
public interface Consequences<E, R> {
  List<Reaction.Step> of(E event);

  /// @param refusal of one of the steps
  R inOwnWords(Object refusal);

  /// For streams whose events concern no other stream.
  static <E, R> Consequences<E, R> none() {
    return new Consequences<>() {
      @Override
      public List<Reaction.Step> of(E event) {
        return List.of();
      }

      @Override
      public R inOwnWords(Object refusal) {
        throw new IllegalStateException("nothing was asked that could be refused: " + refusal);
      }
    };
  }
}
