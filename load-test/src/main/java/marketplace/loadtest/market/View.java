package marketplace.loadtest.market;

/// What people look at in between.
enum View {
  ORDER("getOrder", "BUYER"),
  MY_ORDERS("listOrders", "BUYER"),
  OPTIONS("cancellationOptions", "BUYER"),
  PAYMENT("paymentTab", "BUYER"),
  AFTER_SALE("getAfterSale", "BUYER"),
  SELLERS_ORDERS("listSellerOrders", "SELLER"),
  TASKS("listCancellationTasks", "SELLER");

  private final String operation;
  private final String role;

  View(String operation, String role) {
    this.operation = operation;
    this.role = role;
  }

  String operation() {
    return operation;
  }

  String role() {
    return role;
  }
}
