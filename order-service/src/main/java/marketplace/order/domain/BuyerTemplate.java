package marketplace.order.domain;

import marketplace.kernel.OrderId;

/// What a buyer is told of (domain, section 12), with the subject of each.
public enum BuyerTemplate {
  ORDER_PLACED("Your order %s"),
  ORDER_CLOSED_UNPAID("Order %s was closed: it has not been paid"),
  REQUEST_RECEIVED("You asked to cancel order %s"),
  ORDER_CANCELLED("Order %s is cancelled"),
  UNITS_CANCELLED("A part of order %s is cancelled"),
  REQUEST_DECLINED("The seller goes on with order %s"),
  REQUEST_ENDED_BY_SHIPMENT("Order %s was sent before it could be cancelled"),
  OFFER_RECEIVED("An offer of the seller for order %s"),
  OFFER_LAPSED("The offer for order %s has ended"),
  REFUND_SENT("Your refund for order %s is on its way"),
  REFUND_ARRIVED("Your refund for order %s has arrived"),
  REFUND_REROUTED("Your refund for order %s takes another way"),
  COUPON_BACK("Your coupon of order %s can be used again"),
  COUPON_NOT_BACK("Your coupon of order %s does not come back"),
  SHIPPED("Order %s is on its way"),
  DELIVERED("Order %s was delivered"),
  DISPUTE_OFFER_MADE("The seller offers something about order %s"),
  DISPUTE_OFFER_REJECTED("The seller rejects your claim about order %s"),
  DISPUTE_RESOLVED("The dispute about order %s is over"),
  DISPUTE_WITHDRAWN("The dispute about order %s was withdrawn"),
  RETURN_APPROVED("Send your return of order %s"),
  RETURN_REJECTED("Your return of order %s was rejected"),
  RETURN_ACCEPTED("Your return of order %s was accepted"),
  RETURN_CLOSED("Your return of order %s has ended");

  private final String subject;

  BuyerTemplate(String subject) {
    this.subject = subject;
  }

  public String subject(OrderId orderId) {
    return subject.formatted(orderId.number());
  }
}
