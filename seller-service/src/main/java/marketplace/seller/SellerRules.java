package marketplace.seller;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import marketplace.contracts.Message;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Consequences;
import marketplace.eventsourcing.Echoing;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.ServiceRules;
import marketplace.kernel.Policies;
import marketplace.seller.domain.account.AccountNotices;
import marketplace.seller.domain.account.SellerAccount;
import marketplace.seller.domain.account.SellerAccountCommand;
import marketplace.seller.domain.account.SellerAccountDecider;
import marketplace.seller.domain.account.SellerAccountEvent;
import marketplace.seller.domain.account.SellerAccountRejection;
import marketplace.seller.domain.account.SellerAccountRejection.AlreadyRegistered;
import marketplace.seller.domain.account.SellerAccountRejection.NotRegistered;
import marketplace.seller.domain.conversation.Conversation;
import marketplace.seller.domain.conversation.ConversationCommand;
import marketplace.seller.domain.conversation.ConversationDecider;
import marketplace.seller.domain.conversation.ConversationEvent;
import marketplace.seller.domain.conversation.ConversationRejection;
import marketplace.seller.domain.fulfilment.Fulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand;
import marketplace.seller.domain.fulfilment.FulfilmentDecider;
import marketplace.seller.domain.fulfilment.FulfilmentEvent;
import marketplace.seller.domain.fulfilment.FulfilmentNotices;
import marketplace.seller.domain.fulfilment.FulfilmentRejection;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.AlreadyProcessing;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.CommentRequired;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.DeadlinePassed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.DuplicateFact;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.ImpossibleFact;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NoRequest;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotOpened;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotShipped;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotTheSeller;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NothingCaptured;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OfferLimit;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OfferOutOfRange;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OneParcelOnly;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.RequestClosed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.TrackingNumberUsed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.TrackingOrder;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnitsNotOpen;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownRequest;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownShipment;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownUnits;
import marketplace.seller.domain.product.Product;
import marketplace.seller.domain.product.ProductCommand;
import marketplace.seller.domain.product.ProductDecider;
import marketplace.seller.domain.product.ProductEvent;
import marketplace.seller.domain.product.ProductRejection;
import marketplace.seller.messaging.SellerCodecs;
import marketplace.seller.messaging.SellerPublications;
import marketplace.seller.process.SellerFollowUps;
import marketplace.seller.process.SellerReactions;
import marketplace.seller.request.AccountRequests;
import marketplace.seller.request.Bodies;
import marketplace.seller.request.ConversationRequests;
import marketplace.seller.request.SellerRequests;
import marketplace.seller.view.ConversationProjection;
import marketplace.seller.view.FulfilmentProjection;
import marketplace.seller.view.Lookup;
import marketplace.seller.view.ProductView;
import marketplace.seller.view.SellerView;

/// All rules of the seller's part, as pure functions.
public final class SellerRules implements ServiceRules {
  private final Aggregate<FulfilmentCommand, Fulfilment, FulfilmentEvent, FulfilmentRejection>
      fulfilments =
          new Aggregate<>(
              SellerReactions.FULFILMENT,
              new Echoing<>(new FulfilmentDecider(), FulfilmentNotices::echo),
              SellerCodecs.fulfilment(),
              stored -> SellerPublications.ofFulfilment(stored),
              new FulfilmentProjection(),
              Consequences.none(),
              SellerFollowUps.OF_FULFILMENT,
              SellerRules::rejectReason);
  private final Aggregate<
          ConversationCommand, Conversation, ConversationEvent, ConversationRejection>
      conversations =
          new Aggregate<>(
              SellerReactions.CONVERSATION,
              new ConversationDecider(),
              SellerCodecs.conversation(),
              stored -> SellerPublications.ofConversation(stored),
              new ConversationProjection(),
              SellerRules::rejectReason);
  private final Aggregate<
          SellerAccountCommand, SellerAccount, SellerAccountEvent, SellerAccountRejection>
      accounts =
          new Aggregate<>(
              SellerAccount.CATEGORY,
              new Echoing<>(new SellerAccountDecider(), AccountNotices::echo),
              SellerCodecs.account(),
              stored -> SellerPublications.ofAccount(stored),
              SellerView::rowsFor,
              SellerRules::rejectReason);
  private final Aggregate<ProductCommand, Product, ProductEvent, ProductRejection> products =
      new Aggregate<>(
          AccountRequests.PRODUCT,
          new ProductDecider(),
          SellerCodecs.product(),
          stored -> SellerPublications.ofProduct(stored),
          ProductView::rowsFor,
          rejection -> "DUPLICATE_FACT");

  private final SellerReactions reactions;
  private final SellerRequests requests;
  private final AccountRequests accountRequests;
  private final ConversationRequests conversationRequests;

  public SellerRules(Policies policies, Lookup lookup) {
    this.reactions = new SellerReactions(policies);
    this.requests = new SellerRequests(fulfilments, lookup);
    this.accountRequests = new AccountRequests(accounts, products);
    this.conversationRequests = new ConversationRequests(conversations, lookup);
  }

  public SellerRequests requests() {
    return requests;
  }

  public ConversationRequests conversationRequests() {
    return conversationRequests;
  }

  public AccountRequests accountRequests() {
    return accountRequests;
  }

  @Override
  public String name() {
    return "seller-service";
  }

  @Override
  public List<Aggregate<?, ?, ?, ?>> aggregates() {
    return List.of(fulfilments, conversations, accounts, products);
  }

  @Override
  public List<Inbound<?>> inbound() {
    return List.of(
        inbound(MessageFamily.ORDER, fact -> reactions.onOrder(fact)),
        inbound(MessageFamily.DISPUTE, fact -> reactions.onDispute(fact)));
  }

  @Override
  public List<String> topics() {
    return List.of(MessageFamily.SELLER.topic(), MessageFamily.SELLER_ACCOUNTS.topic());
  }

  @Override
  public Map<String, Operation> operations() {
    return Map.ofEntries(
        post(
            "registerSeller",
            "/v1/sellers",
            Bodies.NewSeller.class,
            (call, id, body) -> accountRequests.registerSeller(call, body)),
        get("getSeller", "/v1/sellers/{sellerId}", accountRequests::getSeller),
        get("getSellerRecord", "/v1/sellers/{sellerId}/record", accountRequests::getSellerRecord),
        post(
            "listProduct",
            "/v1/products",
            Bodies.NewProduct.class,
            (call, id, body) -> accountRequests.listProduct(call, body)),
        post(
            "changePrice",
            "/v1/products/{productId}/price",
            Bodies.NewPrice.class,
            accountRequests::changePrice),
        get(
            "getPriceHistory",
            "/v1/products/{productId}/price-history",
            accountRequests::getPriceHistory),
        get("getSellerOrder", "/v1/seller-orders/{orderId}", requests::getSellerOrder),
        get("getSellerOrderEvents", "/v1/seller-orders/{orderId}/events", requests::getSellerOrder),
        post(
            "startProcessing",
            "/v1/seller-orders/{orderId}/processing",
            Bodies.Nothing.class,
            requests::startProcessing),
        post(
            "ship", "/v1/seller-orders/{orderId}/shipments", Bodies.Shipment.class, requests::ship),
        post(
            "cancelBySeller",
            "/v1/seller-orders/{orderId}/cancellation",
            Bodies.SellerCancellation.class,
            requests::cancelBySeller),
        post(
            "agreeToReturn",
            "/v1/seller-orders/{orderId}/return-agreements",
            Bodies.ReturnAgreement.class,
            requests::agreeToReturn),
        get(
            "getCancellationTask",
            "/v1/cancellation-tasks/{cancellationId}",
            requests::getCancellationTask),
        post(
            "approveCancellation",
            "/v1/cancellation-tasks/{cancellationId}/approval",
            Bodies.Comment.class,
            requests::approveCancellation),
        post(
            "declineCancellation",
            "/v1/cancellation-tasks/{cancellationId}/decline",
            Bodies.Comment.class,
            requests::declineCancellation),
        post(
            "offerPartialRefund",
            "/v1/cancellation-tasks/{cancellationId}/offers",
            Bodies.PartialRefund.class,
            requests::offerPartialRefund),
        get("getShipment", "/v1/shipments/{shipmentId}", requests::getShipment),
        post(
            "reportTracking",
            "/v1/shipments/{shipmentId}/tracking",
            Bodies.TrackingReport.class,
            requests::reportTracking),
        post(
            "sendMessage",
            "/v1/conversations/{orderId}/messages",
            Bodies.NewMessage.class,
            conversationRequests::sendMessage),
        Map.entry(
            "getMessages",
            new Operation(
                "GET",
                "/v1/conversations/{orderId}/messages",
                (call, parameters, body) -> conversationRequests.getMessages(call, parameters))),
        Map.entry(
            "messageTemplates",
            new Operation(
                "GET",
                "/v1/message-templates",
                (call, parameters, body) -> ConversationRequests.messageTemplates())));
  }

  @FunctionalInterface
  private interface Post<B> {
    Prepared prepare(Call call, String id, B body);
  }

  private static Map.Entry<String, Operation> get(
      String name, String path, BiFunction<Call, String, Prepared> preparation) {
    return Map.entry(
        name,
        new Operation(
            "GET",
            path,
            (call, parameters, body) -> preparation.apply(call, idIn(path, parameters))));
  }

  private static <B> Map.Entry<String, Operation> post(
      String name, String path, Class<B> type, Post<B> preparation) {
    return Map.entry(
        name,
        new Operation(
            "POST",
            path,
            (call, parameters, body) ->
                preparation.prepare(call, idIn(path, parameters), read(body, type))));
  }

  private static <B> B read(JsonNode body, Class<B> type) {
    return Bodies.read(body, type);
  }

  /// The one parameter that a path here has, or nothing.
  private static String idIn(String path, Map<String, String> parameters) {
    var open = path.indexOf('{');
    return open < 0 ? "" : parameters.getOrDefault(path.substring(open + 1, path.indexOf('}')), "");
  }

  private static <M extends Message> Inbound<M> inbound(
      MessageFamily<M> family, Reaction<M> reaction) {
    return new Inbound<>(family.topic(), family::knows, family::read, reaction);
  }

  /// No fact goes straight to an account: what matters there follows from the order's own stream.
  private static String rejectReason(SellerAccountRejection rejection) {
    return switch (rejection) {
      case AlreadyRegistered _ -> "DUPLICATE_FACT";
      case NotRegistered _ -> "ILLEGAL_TRANSITION";
    };
  }

  private static String rejectReason(ConversationRejection rejection) {
    return switch (rejection) {
      case ConversationRejection.NotBegun _ -> "UNKNOWN_ORDER";
      case ConversationRejection.DuplicateFact _ -> "DUPLICATE_FACT";
      case ConversationRejection.NotAParty _, ConversationRejection.MessageLimit _ ->
          "ILLEGAL_TRANSITION";
    };
  }

  /// What is written beside a refused fact. UNKNOWN_ORDER asks for patience: the fact waits for
  /// OrderReadyToShip before it is refused for good.
  private static String rejectReason(FulfilmentRejection rejection) {
    return switch (rejection) {
      case NotOpened _ -> "UNKNOWN_ORDER";
      case DuplicateFact _ -> "DUPLICATE_FACT";
      case UnknownUnits _, UnitsNotOpen _, NotShipped _ -> "UNKNOWN_UNITS";
      case NotTheSeller _,
          UnknownRequest _,
          UnknownShipment _,
          DeadlinePassed _,
          RequestClosed _,
          NothingCaptured _,
          OfferLimit _,
          OfferOutOfRange _,
          NoRequest _,
          CommentRequired _,
          AlreadyProcessing _,
          TrackingNumberUsed _,
          OneParcelOnly _,
          TrackingOrder _,
          ImpossibleFact _ ->
          "ILLEGAL_TRANSITION";
    };
  }
}
