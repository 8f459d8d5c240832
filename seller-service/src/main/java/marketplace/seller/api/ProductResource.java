package marketplace.seller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import marketplace.edge.Edge;
import marketplace.edge.Page;
import marketplace.edge.document.StreamVersion;
import marketplace.seller.domain.product.Product;
import marketplace.seller.request.AccountRequests;
import marketplace.seller.request.Bodies;
import marketplace.seller.view.ProductView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What is for sale.
@Path("/v1/products")
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Products", description = "What is for sale")
class ProductResource {
  private static final Tables.Order NEWEST_FIRST =
      new Tables.Order("listed_at", "product_id", true);

  private final Edge edge;
  private final AccountRequests requests;
  private final Tables tables;
  private final SimilarProducts similar;

  ProductResource(Edge edge, AccountRequests requests, Tables tables, SimilarProducts similar) {
    this.edge = edge;
    this.requests = requests;
    this.tables = tables;
    this.similar = similar;
  }

  @POST
  @Operation(operationId = "listProduct", summary = "Offer a product, in the caller's name")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.NewProduct.class,
                      requiredProperties = {"title", "category", "priceMinor", "currency"})))
  @APIResponse(
      responseCode = "201",
      content = @Content(schema = @Schema(allOf = {ProductView.class, StreamVersion.class})))
  public Response listProduct(Bodies.@Nullable NewProduct body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.listProduct(call, sent), sent);
  }

  @POST
  @Path("/{productId}/price")
  @Operation(operationId = "changePrice", summary = "From now on it costs this")
  @RequestBody(
      content =
          @Content(
              schema =
                  @Schema(
                      implementation = Bodies.NewPrice.class,
                      requiredProperties = {"priceMinor"})))
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(allOf = {ProductView.class, StreamVersion.class})))
  public Response changePrice(
      @PathParam("productId") String productId, Bodies.@Nullable NewPrice body) {
    var sent = Bodies.sent(body);
    return edge.run(call -> requests.changePrice(call, productId, sent), sent);
  }

  @GET
  @Path("/{productId}/price-history")
  @Operation(operationId = "getPriceHistory", summary = "What it has cost, newest first")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Product.Price[].class)))
  public Response priceHistory(@PathParam("productId") String productId) {
    return edge.query(call -> requests.getPriceHistory(call, productId));
  }

  @GET
  @Path("/{productId}/similar")
  @Operation(
      operationId = "listSimilarProducts",
      summary = "Up to five products of the same category that cost less, the cheapest first")
  public List<ProductView> similar(@PathParam("productId") String productId) {
    edge.caller();
    return similar.to(Parameters.pathId("productId", productId));
  }

  @GET
  @Operation(operationId = "listProducts", summary = "Products, newest first")
  public Page<ProductView> list(
      @QueryParam("sellerId") @Nullable String sellerId,
      @QueryParam("category") @Nullable String category,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @Nullable Integer limit) {
    edge.caller();
    var filters =
        List.of(
            new Tables.Filter("seller_id = ?", Parameters.uuid("sellerId", sellerId)),
            new Tables.Filter("category = ?", Parameters.text("category", category)));
    return tables.page(
        "products", filters, NEWEST_FIRST, cursor, limit, ProductView.class, view -> view);
  }
}
