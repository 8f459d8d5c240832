package marketplace.simulation.lives;

import java.time.Duration;

/// One thing that happens in a life. Orders are named by number and everything else by its latest
/// id, so that a list of moves can be played without some of them.
public sealed interface Move {

  /// Somebody does something about an order.
  ///
  /// @param salt decides the details, where there are any
  record Act(int order, Deed deed, int salt) implements Move {}

  sealed interface Deed {}

  /// About the order itself: buying, cancelling, shipping, paying back.
  enum Action implements Deed {
    PLACE,
    PAY,
    FAIL_PAYMENT,
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
    REFUSE_PARCEL,
    BRING_PARCEL_BACK,
    /// Whoever was answered last sends the same once more, under the same key.
    SAY_AGAIN,
    GIVE_GOODWILL,
    /// Time goes on until a refund should have come, and the buyer asks for it.
    MISS_REFUND,
    ANSWER_INQUIRY,
    WRITE,
    AGREE_TO_RETURN,
    REVIEW,
    CHANGE_PRICE
  }

  /// About its disputes and returns.
  enum CaseAction implements Deed {
    OPEN_DISPUTE,
    ACCEPT_CLAIM,
    REJECT_CLAIM,
    OFFER_AS_SELLER,
    OFFER_AS_BUYER,
    ACCEPT_SETTLEMENT,
    REJECT_SETTLEMENT,
    ESCALATE,
    UPHOLD,
    DISMISS,
    WITHDRAW_DISPUTE,
    REQUEST_RETURN,
    APPROVE_RETURN,
    REJECT_RETURN,
    SHIP_BACK,
    DELIVER_BACK,
    CONFIRM_RETURN,
    CONTEST_RETURN,
    RULE_RETURN,
    WITHDRAW_RETURN
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

  /// The provider of payments is like this from now on.
  record TurnProvider(Mood mood) implements Move {}

  enum Mood {
    WELL,
    REFUSES_ONCE,
    REFUSES,
    DELAYS_CAPTURE,
    /// No refund over the original method is ever heard to have arrived.
    LOSES_REFUNDS
  }

  record CrashRelay(String service, int repeated) implements Move {}

  record CrashConsumer(String service, String topic, int order, int repeated) implements Move {}

  record CrashFollower(String service, int repeated) implements Move {}
}
