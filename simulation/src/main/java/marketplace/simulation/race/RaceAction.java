package marketplace.simulation.race;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What somebody can do about the order that is raced for, or time does to it.
public enum RaceAction {
  PAY(Actor.BUYER, "refund-service"),
  FAIL_PAYMENT(Actor.PROVIDER, "refund-service"),
  REQUEST(Actor.BUYER, "order-service"),
  REQUEST_ONE(Actor.BUYER, "order-service"),
  WITHDRAW(Actor.BUYER, "order-service"),
  ACCEPT_OFFER(Actor.BUYER, "order-service"),
  REJECT_OFFER(Actor.BUYER, "order-service"),
  CONFIRM(Actor.BUYER, "order-service"),
  PROCESS(Actor.SELLER, "seller-service"),
  APPROVE(Actor.SELLER, "seller-service"),
  DECLINE(Actor.SELLER, "seller-service"),
  OFFER(Actor.SELLER, "seller-service"),
  SHIP(Actor.SELLER, "seller-service"),
  SHIP_ONE(Actor.SELLER, "seller-service"),
  CANCEL(Actor.SELLER, "seller-service"),
  CANCEL_ONE(Actor.SELLER, "seller-service"),
  DELIVER(Actor.CARRIER, "seller-service"),
  LOSE(Actor.CARRIER, "seller-service"),
  WRITE(Actor.BUYER, "seller-service"),
  GOODWILL(Actor.SELLER, "refund-service"),
  DISPUTE(Actor.BUYER, "dispute-service"),
  CONCEDE(Actor.SELLER, "dispute-service"),
  CONTEST(Actor.SELLER, "dispute-service"),
  ESCALATE(Actor.BUYER, "dispute-service"),
  UPHOLD(Actor.PLATFORM, "dispute-service"),
  DISMISS(Actor.PLATFORM, "dispute-service"),
  RETURN(Actor.BUYER, "dispute-service"),
  /// Time goes on to the order's next deadline, reminders apart.
  DEADLINE(Actor.CLOCK, ""),
  /// Three days pass.
  WAIT(Actor.CLOCK, "");

  enum Actor {
    BUYER,
    SELLER,
    CARRIER,
    PROVIDER,
    PLATFORM,
    CLOCK
  }

  private final Actor actor;
  private final String service;

  RaceAction(Actor actor, String service) {
    this.actor = actor;
    this.service = service;
  }

  Actor actor() {
    return actor;
  }

  /// Whom it is asked of; empty where nobody is.
  String service() {
    return service;
  }

  /// As people write it: `cancel-one`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException for a word that is none, with those that are
  public static RaceAction of(String word) {
    return Arrays.stream(values())
        .filter(action -> action.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("no action is called %s: %s".formatted(word, all())));
  }

  public static String all() {
    return Arrays.stream(values()).map(RaceAction::word).collect(Collectors.joining(", "));
  }
}
