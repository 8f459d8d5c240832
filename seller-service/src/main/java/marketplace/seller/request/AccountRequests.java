package marketplace.seller.request;

import java.util.List;
import java.util.Map;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.StreamId;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.SellerType;
import marketplace.seller.domain.account.SellerAccount;
import marketplace.seller.domain.account.SellerAccountCommand;
import marketplace.seller.domain.account.SellerAccountCommand.RegisterSeller;
import marketplace.seller.domain.account.SellerAccountEvent;
import marketplace.seller.domain.account.SellerAccountRejection;
import marketplace.seller.domain.product.Product;
import marketplace.seller.domain.product.ProductCommand;
import marketplace.seller.domain.product.ProductCommand.ChangePrice;
import marketplace.seller.domain.product.ProductCommand.ListProduct;
import marketplace.seller.domain.product.ProductEvent;
import marketplace.seller.domain.product.ProductRejection;
import marketplace.seller.domain.product.ProductRejection.AlreadyListed;
import marketplace.seller.domain.product.ProductRejection.NotListed;
import marketplace.seller.domain.product.ProductRejection.NotTheSeller;
import marketplace.seller.view.ProductView;
import marketplace.seller.view.SellerRecordView;
import marketplace.seller.view.SellerView;
import marketplace.seller.view.Versioned;

/// Sellers and their products.
public final class AccountRequests {
  public static final String PRODUCT = "product";

  /// Of one product, in its history.
  public static final int PRICES_MAX = 200;

  private final Aggregate<
          SellerAccountCommand, SellerAccount, SellerAccountEvent, SellerAccountRejection>
      accounts;

  private final Aggregate<ProductCommand, Product, ProductEvent, ProductRejection> products;

  public AccountRequests(
      Aggregate<SellerAccountCommand, SellerAccount, SellerAccountEvent, SellerAccountRejection>
          accounts,
      Aggregate<ProductCommand, Product, ProductEvent, ProductRejection> products) {
    this.accounts = accounts;
    this.products = products;
  }

  public Prepared registerSeller(Call call, Bodies.NewSeller body) {
    Checks.role(call, "PLATFORM", "SIMULATION");
    var checks = new Checks();
    var name = checks.text("/name", body.name(), Checks.NAME_CHARS_MAX);
    var country = checks.country("/country", body.country());
    var type = checks.present("/type", body.type(), SellerType.STANDARD);
    checks.done();
    var id = new SellerId(call.ids().next());
    return new CommandRequest<
        SellerAccountCommand, SellerAccount, SellerAccountEvent, SellerAccountRejection>(
        SellerAccount.streamOf(id),
        new RegisterSeller(id, name, country, type),
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        AccountRequests::sellerAnswer);
  }

  public Prepared getSeller(Call call, String sellerId) {
    var id = Checks.id("sellerId", sellerId, SellerId::of);
    return new Query<>(
        SellerAccount.streamOf(id),
        accounts,
        snapshot ->
            switch (snapshot.state()) {
              case SellerAccount.Registered seller ->
                  Answer.of(
                      200,
                      new Versioned<>(
                          SellerView.of(seller),
                          snapshot.history().version(),
                          snapshot.history().publishedVersion()));
              case SellerAccount.Unregistered _ ->
                  Refusals.notFound("seller", snapshot.now()).toAnswer();
            });
  }

  /// For the seller himself and the platform; nobody else learns whether there is one.
  public Prepared getSellerRecord(Call call, String sellerId) {
    var id = Checks.id("sellerId", sellerId, SellerId::of);
    Checks.role(call, "SELLER", "PLATFORM");
    return new Query<>(
        SellerAccount.streamOf(id),
        accounts,
        snapshot ->
            switch (snapshot.state()) {
              case SellerAccount.Registered seller when mayRead(call, id) ->
                  Answer.of(
                      200,
                      new Versioned<>(
                          SellerRecordView.of(seller),
                          snapshot.history().version(),
                          snapshot.history().publishedVersion()));
              case SellerAccount.Registered _, SellerAccount.Unregistered _ ->
                  Refusals.notFound("seller", snapshot.now()).toAnswer();
            });
  }

  private static boolean mayRead(Call call, SellerId id) {
    return call.caller().role().equals("PLATFORM") || call.caller().id().equals(id.value());
  }

  public Prepared listProduct(Call call, Bodies.NewProduct body) {
    Checks.role(call, "SELLER");
    var checks = new Checks();
    var title = checks.text("/title", body.title(), Checks.TITLE_CHARS_MAX);
    var category = checks.text("/category", body.category(), Checks.CATEGORY_CHARS_MAX);
    var price = checks.between("/priceMinor", body.priceMinor(), 1, Checks.PRICE_MINOR_MAX);
    var currency = checks.currency("/currency", body.currency());
    List<String> countries =
        body.freeReturnCountries() == null ? List.of() : body.freeReturnCountries();
    checks.atMost("/freeReturnCountries", countries, Checks.COUNTRIES_MAX);
    countries.forEach(country -> checks.country("/freeReturnCountries", country));
    var returnsAllowed = body.returnsAllowed() != null && body.returnsAllowed();
    checks.done();
    var id = new ProductId(call.ids().next());
    var sellerId = new SellerId(call.caller().id());
    return new CommandRequest<ProductCommand, Product, ProductEvent, ProductRejection>(
        new StreamId(PRODUCT, id.value()),
        new ListProduct(id, sellerId, title, category, price, currency, countries, returnsAllowed),
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        AccountRequests::productAnswer);
  }

  public Prepared changePrice(Call call, String productId, Bodies.NewPrice body) {
    Checks.role(call, "SELLER");
    var id = Checks.id("productId", productId, ProductId::of);
    var checks = new Checks();
    var price = checks.between("/priceMinor", body.priceMinor(), 1, Checks.PRICE_MINOR_MAX);
    checks.done();
    return new CommandRequest<ProductCommand, Product, ProductEvent, ProductRejection>(
        new StreamId(PRODUCT, id.value()),
        new ChangePrice(new SellerId(call.caller().id()), price),
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        AccountRequests::priceAnswer);
  }

  private static Answer priceAnswer(Outcome<Product, ProductEvent, ProductRejection> outcome) {
    return switch (outcome) {
      case Outcome.Done<Product, ProductEvent, ProductRejection> done -> shown(done);
      case Outcome.VersionMismatch<Product, ProductEvent, ProductRejection> other ->
          Refusals.versionMismatch(other.version(), other.at());
      case Outcome.Refused<Product, ProductEvent, ProductRejection> refused ->
          switch (refused.reason()) {
            case NotListed _, AlreadyListed _ ->
                Refusals.notFound("product", refused.at()).toAnswer();
            case NotTheSeller _ ->
                Problem.of(403, "FORBIDDEN", "the product is somebody else's", refused.at())
                    .toAnswer();
          };
    };
  }

  private static Answer shown(Outcome<Product, ProductEvent, ProductRejection> outcome) {
    return switch (outcome.state()) {
      case Product.Listed product ->
          Answer.of(
              200,
              new Versioned<>(
                  ProductView.of(product), outcome.version(), outcome.publishedVersion()));
      case Product.Unlisted _ -> Refusals.notFound("product", outcome.at()).toAnswer();
    };
  }

  /// What it has cost since it was listed, newest first.
  public Prepared getPriceHistory(Call call, String productId) {
    var id = Checks.id("productId", productId, ProductId::of);
    return new Query<>(
        new StreamId(PRODUCT, id.value()),
        products,
        snapshot ->
            switch (snapshot.state()) {
              case Product.Listed product ->
                  Answer.of(200, product.prices().reversed().stream().limit(PRICES_MAX).toList());
              case Product.Unlisted _ -> Refusals.notFound("product", snapshot.now()).toAnswer();
            });
  }

  private static Answer sellerAnswer(
      Outcome<SellerAccount, SellerAccountEvent, SellerAccountRejection> outcome) {
    return switch (outcome.state()) {
      case SellerAccount.Registered seller when outcome instanceof Outcome.Done<?, ?, ?> ->
          new Answer(
              201,
              Map.of("Location", "/v1/sellers/" + seller.sellerId()),
              new Versioned<>(
                  SellerView.of(seller), outcome.version(), outcome.publishedVersion()));
      case SellerAccount.Registered _, SellerAccount.Unregistered _ -> taken(outcome);
    };
  }

  private static Answer productAnswer(Outcome<Product, ProductEvent, ProductRejection> outcome) {
    return switch (outcome.state()) {
      case Product.Listed product when outcome instanceof Outcome.Done<?, ?, ?> ->
          Answer.of(
              201,
              new Versioned<>(
                  ProductView.of(product), outcome.version(), outcome.publishedVersion()));
      case Product.Listed _, Product.Unlisted _ -> taken(outcome);
    };
  }

  /// The id is new, so only an `If-Match`, or a generator that repeats itself, leads here.
  private static Answer taken(Outcome<?, ?, ?> outcome) {
    return outcome instanceof Outcome.VersionMismatch<?, ?, ?>
        ? Refusals.versionMismatch(outcome.version(), outcome.at())
        : Problem.of(409, "CONFLICT_RETRY", "the id is taken; ask again", outcome.at()).toAnswer();
  }
}
