package marketplace.simulation.race;

import static marketplace.simulation.race.RaceAction.CONTEST;
import static marketplace.simulation.race.RaceAction.DECLINE;
import static marketplace.simulation.race.RaceAction.DELIVER;
import static marketplace.simulation.race.RaceAction.DISPUTE;
import static marketplace.simulation.race.RaceAction.ESCALATE;
import static marketplace.simulation.race.RaceAction.LOSE;
import static marketplace.simulation.race.RaceAction.OFFER;
import static marketplace.simulation.race.RaceAction.PAY;
import static marketplace.simulation.race.RaceAction.REQUEST;
import static marketplace.simulation.race.RaceAction.SHIP;
import static marketplace.simulation.race.RaceAction.WAIT;
import static marketplace.simulation.race.RaceAction.WRITE;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How an order stands when the race for it begins. Everybody has heard of everything up to there.
/// Where a dispute could be opened, the buyer has written to the seller, as he has to before.
public enum Situation {
  PLACED("CARD"),
  /// By bank transfer: the money is promised, and comes a day later.
  AUTHORIZED("BANK_TRANSFER"),
  PAID("CARD"),
  REQUESTED("CARD"),
  OFFERED("CARD"),
  DECLINED("CARD"),
  /// The buyer disputes that.
  REFUSED("CARD"),
  /// The platform has to rule on it.
  UNDER_REVIEW("CARD"),
  SHIPPED("CARD"),
  LOST("CARD"),
  /// The buyer disputes that he has received it.
  MISSING("CARD"),
  DELIVERED("CARD"),
  /// It came damaged, says the buyer.
  DISPUTED("CARD");

  private final String paymentMethod;

  Situation(String paymentMethod) {
    this.paymentMethod = paymentMethod;
  }

  String paymentMethod() {
    return paymentMethod;
  }

  /// What has happened since it was placed.
  List<RaceAction> before() {
    return switch (this) {
      case PLACED -> List.of();
      case AUTHORIZED, PAID -> List.of(PAY);
      case REQUESTED -> after(PAID, REQUEST);
      case OFFERED -> after(REQUESTED, OFFER);
      case DECLINED -> after(REQUESTED, DECLINE, WRITE);
      case REFUSED -> after(DECLINED, DISPUTE);
      case UNDER_REVIEW -> after(REFUSED, CONTEST, WAIT, ESCALATE);
      case SHIPPED -> after(PAID, SHIP, WRITE);
      case LOST -> after(SHIPPED, LOSE);
      case MISSING -> after(LOST, DISPUTE);
      case DELIVERED -> after(SHIPPED, DELIVER);
      case DISPUTED -> after(DELIVERED, DISPUTE);
    };
  }

  private static List<RaceAction> after(Situation earlier, RaceAction... then) {
    return Stream.concat(earlier.before().stream(), Arrays.stream(then)).toList();
  }

  /// As people write it: `under-review`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @throws IllegalArgumentException for a word that is none, with those that are
  public static Situation of(String word) {
    return Arrays.stream(values())
        .filter(situation -> situation.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("no situation is called %s: %s".formatted(word, all())));
  }

  public static String all() {
    return Arrays.stream(values()).map(Situation::word).collect(Collectors.joining(", "));
  }
}
