package marketplace.refund;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.ServiceRules;
import marketplace.kernel.Policies;
import marketplace.refund.domain.Ledger;
import marketplace.refund.domain.LedgerCommand;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerRejection;
import marketplace.refund.domain.LedgerRejection.AlreadyPaid;
import marketplace.refund.domain.LedgerRejection.AmountContradicts;
import marketplace.refund.domain.LedgerRejection.CaseIsOpen;
import marketplace.refund.domain.LedgerRejection.DuplicateFact;
import marketplace.refund.domain.LedgerRejection.ExceedsBalance;
import marketplace.refund.domain.LedgerRejection.IllegalTransition;
import marketplace.refund.domain.LedgerRejection.InquiryIsClosed;
import marketplace.refund.domain.LedgerRejection.InquiryIsOpen;
import marketplace.refund.domain.LedgerRejection.InquiryUnknown;
import marketplace.refund.domain.LedgerRejection.MethodNotAllowed;
import marketplace.refund.domain.LedgerRejection.NotShipped;
import marketplace.refund.domain.LedgerRejection.NotTheBuyer;
import marketplace.refund.domain.LedgerRejection.NotTheSeller;
import marketplace.refund.domain.LedgerRejection.OrderIsCancelled;
import marketplace.refund.domain.LedgerRejection.OrderUnknown;
import marketplace.refund.domain.LedgerRejection.PaymentIsFinal;
import marketplace.refund.domain.LedgerRejection.PaymentUnknown;
import marketplace.refund.domain.LedgerRejection.RefundIsSettled;
import marketplace.refund.domain.LedgerRejection.RefundUnknown;
import marketplace.refund.domain.LedgerRejection.TooEarly;
import marketplace.refund.domain.LedgerRejection.WindowIsClosed;
import marketplace.refund.domain.LedgerRejection.WrongAmount;
import marketplace.refund.domain.PromptLedgerDecider;
import marketplace.refund.domain.wallet.BuyerWallet;
import marketplace.refund.domain.wallet.WalletCommand;
import marketplace.refund.domain.wallet.WalletDecider;
import marketplace.refund.domain.wallet.WalletEvent;
import marketplace.refund.messaging.LedgerCodec;
import marketplace.refund.messaging.LedgerPublications;
import marketplace.refund.process.ProviderFault;
import marketplace.refund.process.RefundReactions;
import marketplace.refund.process.SimulatedProvider;
import marketplace.refund.process.WalletConsequences;
import marketplace.refund.request.Bodies;
import marketplace.refund.request.Lookup;
import marketplace.refund.request.RefundRequests;
import marketplace.refund.view.LedgerProjection;
import marketplace.refund.view.WalletEntries;

/// All rules of the money, as pure functions.
public final class RefundRules implements ServiceRules {
  private final Aggregate<LedgerCommand, Ledger, LedgerEvent, LedgerRejection> ledger;
  private final Aggregate<WalletCommand, BuyerWallet, WalletEvent, Void> wallets;
  private final RefundReactions reactions;
  private final RefundRequests requests;

  /// @param script what the simulated provider is to do wrong, asked for with each question
  public RefundRules(Policies policies, Lookup lookup, Supplier<List<ProviderFault>> script) {
    this.ledger =
        new Aggregate<>(
            RefundReactions.CATEGORY,
            new PromptLedgerDecider(new SimulatedProvider(script)),
            LedgerCodec.create(),
            new LedgerPublications(),
            new LedgerProjection(),
            new WalletConsequences(),
            RefundRules::rejectReason);
    this.wallets =
        new Aggregate<>(
            WalletConsequences.WALLETS,
            new WalletDecider(),
            LedgerCodec.wallets(),
            _ -> Optional.empty(),
            WalletEntries::rowsFor,
            _ -> "ILLEGAL_TRANSITION");
    this.reactions = new RefundReactions(policies);
    this.requests = new RefundRequests(ledger, wallets, lookup);
  }

  @Override
  public String name() {
    return "refund-service";
  }

  @Override
  public List<Aggregate<?, ?, ?, ?>> aggregates() {
    return List.of(ledger, wallets);
  }

  @Override
  public List<Inbound<?>> inbound() {
    return List.of(
        inbound(MessageFamily.ORDER, fact -> reactions.toOrder(fact)),
        inbound(MessageFamily.SELLER, fact -> reactions.toSeller(fact)),
        inbound(MessageFamily.DISPUTE, fact -> reactions.toDispute(fact)));
  }

  public RefundRequests requests() {
    return requests;
  }

  @Override
  public List<String> topics() {
    return List.of(MessageFamily.REFUND.topic());
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.ofEntries(
        Map.entry(
            "pay",
            post(
                "/v1/payments",
                (call, _, body) -> requests.pay(call, Bodies.read(body, Bodies.NewPayment.class)))),
        Map.entry(
            "providerResult",
            post(
                "/v1/payments/{paymentId}/provider-result",
                (call, path, body) ->
                    requests.providerResult(
                        call,
                        path.getOrDefault("paymentId", ""),
                        Bodies.read(body, Bodies.ProviderResult.class)))),
        Map.entry(
            "grantGoodwill",
            post(
                "/v1/orders/{orderId}/goodwill-refunds",
                (call, path, body) ->
                    requests.grantGoodwill(
                        call,
                        path.getOrDefault("orderId", ""),
                        Bodies.read(body, Bodies.Goodwill.class)))),
        Map.entry(
            "openRefundInquiry",
            post(
                "/v1/refunds/{refundId}/inquiries",
                (call, path, body) ->
                    requests.openInquiry(
                        call,
                        path.getOrDefault("refundId", ""),
                        Bodies.read(body, Bodies.NewInquiry.class)))),
        Map.entry(
            "resolveRefundInquiry",
            post(
                "/v1/refund-inquiries/{inquiryId}/resolution",
                (call, path, body) ->
                    requests.resolveInquiry(
                        call,
                        path.getOrDefault("inquiryId", ""),
                        Bodies.read(body, Bodies.Resolution.class)))),
        Map.entry(
            "paymentTab", get("/v1/orders/{orderId}/payment", "orderId", requests::paymentTab)),
        Map.entry("getRefund", get("/v1/refunds/{refundId}", "refundId", requests::getRefund)),
        Map.entry("getWallet", get("/v1/buyers/{buyerId}/wallet", "buyerId", requests::getWallet)),
        Map.entry("getLedger", get("/v1/ledger/{orderId}", "orderId", requests::getLedger)),
        Map.entry(
            "getLedgerEvents", get("/v1/ledger/{orderId}/events", "orderId", requests::getLedger)));
  }

  private static Operation post(String path, Operation.Preparation preparation) {
    return new Operation("POST", path, preparation);
  }

  private static Operation get(
      String path, String parameter, BiFunction<Call, String, Prepared> preparation) {
    return new Operation(
        "GET",
        path,
        (call, parameters, body) ->
            preparation.apply(call, parameters.getOrDefault(parameter, "")));
  }

  private static <M extends Message> Inbound<M> inbound(
      MessageFamily<M> family, Reaction<M> reaction) {
    return new Inbound<>(family.topic(), family::knows, family::read, reaction);
  }

  private static String rejectReason(LedgerRejection rejection) {
    return switch (rejection) {
      case DuplicateFact() -> "DUPLICATE_FACT";
      case AmountContradicts() -> "AMOUNT_MISMATCH";
      case OrderUnknown() -> "UNKNOWN_ORDER";
      case IllegalTransition(),
          NotTheBuyer(),
          OrderIsCancelled(),
          AlreadyPaid(),
          MethodNotAllowed(),
          WrongAmount _,
          PaymentUnknown(),
          PaymentIsFinal(),
          NotTheSeller(),
          WindowIsClosed(),
          CaseIsOpen(),
          NotShipped(),
          ExceedsBalance _,
          RefundUnknown(),
          RefundIsSettled(),
          InquiryIsOpen(),
          TooEarly _,
          InquiryUnknown(),
          InquiryIsClosed() ->
          "ILLEGAL_TRANSITION";
    };
  }
}
