package marketplace.seller.domain.conversation;

import marketplace.kernel.OrderId;

/// Words for those who have none of their own (domain, section 12).
public enum MessageTemplate {
  CHANGED_MIND(
      "Hello, I would like to cancel order {orderNumber}; I do not need it any more. Could you"
          + " please approve my request before it is shipped? Thank you."),
  WRONG_ITEM(
      "Hello, I ordered the wrong item by mistake in order {orderNumber}. Could you please approve"
          + " the cancellation before shipping? Thank you."),
  WRONG_ADDRESS(
      "Hello, the address of order {orderNumber} is wrong. Please approve the cancellation so that"
          + " I can order again with the right address."),
  DUPLICATE(
      "Hello, I placed the same order twice. Please approve the cancellation of {orderNumber}."
          + " Thank you."),
  TOO_SLOW(
      "Hello, order {orderNumber} has not been shipped yet and I would like to cancel it. Please"
          + " approve my request. Thank you.");

  private final String text;

  MessageTemplate(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public String textFor(OrderId orderId) {
    return text.replace("{orderNumber}", orderId.number());
  }
}
