package marketplace.seller.domain.fulfilment;

import marketplace.kernel.OrderId;

/// What a seller is told of (domain, section 12), with the subject of each.
public enum SellerTemplate {
  REQUEST_RECEIVED("The buyer asks to cancel order %s"),
  REQUEST_REMINDER("The request to cancel order %s waits for your answer"),
  ORDER_CANCELLED("Order %s is cancelled"),
  UNITS_CANCELLED("A part of order %s is cancelled"),
  DISPUTE_OPENED("A dispute about order %s waits for your answer"),
  DISPUTE_OFFER_MADE("The buyer has a new claim about order %s"),
  DISPUTE_RESOLVED("The dispute about order %s is over"),
  DISPUTE_WITHDRAWN("The dispute about order %s was withdrawn"),
  RETURN_ARRIVED("The return of order %s has arrived"),
  RETURN_REJECTED("The return of order %s was rejected"),
  RETURN_ACCEPTED("The return of order %s was accepted"),
  RETURN_CLOSED("The return of order %s has ended"),
  POINTS("Order %s has brought you points");

  private final String subject;

  SellerTemplate(String subject) {
    this.subject = subject;
  }

  public String subject(OrderId orderId) {
    return subject.formatted(orderId.number());
  }
}
