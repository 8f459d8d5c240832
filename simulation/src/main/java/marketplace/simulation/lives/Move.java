package marketplace.simulation.lives;

import java.time.Duration;

/// One thing that happens in a life. Orders are named by number and everything else by its latest
/// id, so that a list of moves can be played without some of them.
public sealed interface Move {

  /// Somebody does something about an order.
  ///
  /// @param salt decides the details, where there are any
  record Act(int order, Action action, int salt) implements Move {}

  enum Action {
    PLACE,
    PAY,
    ASK_FOR_ALL,
    ASK_FOR_ONE,
    WITHDRAW,
    ACCEPT_OFFER,
    REJECT_OFFER,
    CONFIRM_RECEIPT,
    PROCESS,
    APPROVE,
    DECLINE,
    OFFER,
    SHIP_ALL,
    SHIP_ONE,
    CANCEL_AS_SELLER,
    MOVE_PARCEL,
    DELIVER_PARCEL,
    LOSE_PARCEL,
    /// Whoever was answered last sends the same once more, under the same key.
    SAY_AGAIN,
    RETURN_ONE,
    WITHDRAW_RETURN,
    GIVE_GOODWILL,
    /// Time goes on until a refund should have come, and the buyer asks for it.
    MISS_REFUND,
    ANSWER_INQUIRY,
    WRITE
  }

  /// A relay sends the next event of its service.
  record Relay(String service) implements Move {}

  /// A service reads the next record about an order on a topic.
  record Read(String service, String topic, int order) implements Move {}

  /// A service's next own event asks what it has to ask of the service's other streams.
  record Follow(String service) implements Move {}

  /// A poller finds the first deadline of all that is due.
  record Wake() implements Move {}

  record Pass(Duration time) implements Move {}

  /// Time goes on to the next deadline, and nobody has noticed yet.
  record PassToDeadline() implements Move {}

  /// Everybody hears everything.
  record Settle() implements Move {}

  /// From now on no refund over the original method is ever heard to have arrived.
  record LoseRefunds() implements Move {}

  record CrashRelay(String service, int repeated) implements Move {}

  record CrashConsumer(String service, String topic, int order, int repeated) implements Move {}

  record CrashFollower(String service, int repeated) implements Move {}
}
