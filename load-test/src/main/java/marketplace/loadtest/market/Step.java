package marketplace.loadtest.market;

/// What somebody does about an order: one command.
enum Step {
  PLACE("placeOrder"),
  PAY("pay"),
  ASK("requestCancellation"),
  WITHDRAW("withdrawCancellation"),
  APPROVE("approveCancellation"),
  DECLINE("declineCancellation"),
  OFFER("offerPartialRefund"),
  ACCEPT_OFFER("answerOffer"),
  BEGIN("startProcessing"),
  SHIP("ship"),
  DELIVER("reportTracking"),
  CONFIRM("confirmReceipt"),
  REVIEW("review"),
  WRITE("sendMessage"),
  DISPUTE_REFUSAL("openDispute"),
  DISPUTE_DELIVERY("openDispute"),
  ACCEPT_CLAIM("acceptClaim");

  private final String operation;

  Step(String operation) {
    this.operation = operation;
  }

  String operation() {
    return operation;
  }
}
