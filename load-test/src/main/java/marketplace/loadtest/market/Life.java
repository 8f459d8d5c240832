package marketplace.loadtest.market;

import static marketplace.loadtest.market.Step.ACCEPT_CLAIM;
import static marketplace.loadtest.market.Step.ACCEPT_OFFER;
import static marketplace.loadtest.market.Step.APPROVE;
import static marketplace.loadtest.market.Step.ASK;
import static marketplace.loadtest.market.Step.BEGIN;
import static marketplace.loadtest.market.Step.CONFIRM;
import static marketplace.loadtest.market.Step.DECLINE;
import static marketplace.loadtest.market.Step.DELIVER;
import static marketplace.loadtest.market.Step.DISPUTE_DELIVERY;
import static marketplace.loadtest.market.Step.DISPUTE_REFUSAL;
import static marketplace.loadtest.market.Step.OFFER;
import static marketplace.loadtest.market.Step.PAY;
import static marketplace.loadtest.market.Step.PLACE;
import static marketplace.loadtest.market.Step.REVIEW;
import static marketplace.loadtest.market.Step.SHIP;
import static marketplace.loadtest.market.Step.WITHDRAW;
import static marketplace.loadtest.market.Step.WRITE;

import java.util.List;
import java.util.Locale;

/// How an order's life may go, as the commands that its people send. What deadlines do by
/// themselves is none of them: to the silent seller nothing happens until his time is over.
enum Life {
  SOLD,
  APPROVED,
  DECLINED,
  DISPUTED,
  OFFERED,
  SILENT,
  OVERTAKEN,
  WITHDRAWN,
  NOT_RECEIVED,
  UNPAID,
  PLACED,
  /// Ready to ship as soon as it is placed, as it is paid for on delivery.
  ASKED;

  List<Step> steps() {
    return switch (this) {
      case SOLD -> List.of(PLACE, PAY, BEGIN, SHIP, DELIVER, CONFIRM, REVIEW);
      case APPROVED -> List.of(PLACE, PAY, ASK, APPROVE);
      case DECLINED -> List.of(PLACE, PAY, ASK, DECLINE, SHIP, DELIVER);
      case DISPUTED -> List.of(PLACE, PAY, ASK, DECLINE, WRITE, DISPUTE_REFUSAL, ACCEPT_CLAIM);
      case OFFERED -> List.of(PLACE, PAY, ASK, OFFER, ACCEPT_OFFER);
      case SILENT -> List.of(PLACE, PAY, ASK);
      case OVERTAKEN -> List.of(PLACE, PAY, ASK, SHIP, DELIVER);
      case WITHDRAWN -> List.of(PLACE, PAY, ASK, WITHDRAW, SHIP, DELIVER);
      case NOT_RECEIVED ->
          List.of(PLACE, PAY, SHIP, WRITE, DELIVER, DISPUTE_DELIVERY, ACCEPT_CLAIM);
      case UNPAID -> List.of(PLACE, ASK);
      case PLACED -> List.of(PLACE);
      case ASKED -> List.of(PLACE, ASK);
    };
  }

  String paymentMethod() {
    return this == ASKED ? "CASH_ON_DELIVERY" : "PAYPAL";
  }

  static Life named(String name) {
    for (var life : values()) {
      if (life.toString().equals(name)) return life;
    }
    throw new IllegalArgumentException("no life is called " + name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
