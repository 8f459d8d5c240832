package marketplace.order.api;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.kernel.BuyerId;
import marketplace.kernel.OrderId;
import marketplace.kernel.ProductId;
import marketplace.order.domain.Product;
import marketplace.order.domain.coupon.Coupon;
import marketplace.order.request.Catalogue;
import marketplace.order.view.CatalogueTables;
import marketplace.order.view.CouponTable;
import marketplace.order.view.OrderSummaries;
import marketplace.order.view.OrderSummary;
import org.jspecify.annotations.Nullable;

/// Looks products and earlier orders up in this service's own tables.
public final class TableCatalogue implements Catalogue {
  private static final String PRODUCTS =
      """
      select p.product_id, p.seller_id, p.title,
             coalesce(c.price_minor, p.price_minor), p.currency,
             p.free_return_countries, p.returns_allowed, s.seller_id, s.name, s.seller_type,
             t.seller_id, t.standing, t.since
      from catalogue_products p
        left join catalogue_sellers s on s.seller_id = p.seller_id
        left join catalogue_prices c on c.product_id = p.product_id
        left join catalogue_standings t on t.seller_id = p.seller_id
      where p.product_id = any (?)
      """;
  private static final int COUPON_COLUMNS = CouponTable.TABLE.columns().size();
  private static final String COUPONS =
      CouponTable.TABLE.columns().stream()
          .map(ViewTable.Column::name)
          .collect(
              Collectors.joining(
                  ", ",
                  "select ",
                  " from buyer_coupons where buyer_id = ? and code = ? and state = 'USABLE'"
                      + " order by expires_at, coupon_id"));

  private static final int PRODUCT_COLUMNS = CatalogueTables.PRODUCTS.columns().size();
  private static final int SELLER_COLUMNS = CatalogueTables.SELLERS.columns().size();

  private final DataSource dataSource;

  public TableCatalogue(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<Product> products(Collection<ProductId> ids) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(PRODUCTS)) {
      statement.setArray(1, uuids(connection, ids));
      List<Product> products = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) products.add(product(rows));
      }
      return products;
    } catch (SQLException e) {
      throw new StoreUnavailableException("the catalogue cannot be read", e);
    }
  }

  private static Array uuids(Connection connection, Collection<ProductId> ids) throws SQLException {
    return connection.createArrayOf("uuid", ids.stream().map(ProductId::value).toArray());
  }

  private static Product product(ResultSet rows) throws SQLException {
    var product = columns(rows, 1, PRODUCT_COLUMNS);
    var seller = columns(rows, PRODUCT_COLUMNS + 1, SELLER_COLUMNS);
    var standing = standing(rows, PRODUCT_COLUMNS + SELLER_COLUMNS + 1);
    return CatalogueTables.product(product, seller.getFirst() == null ? null : seller, standing);
  }

  private static @Nullable List<@Nullable Object> standing(ResultSet rows, int first)
      throws SQLException {
    var since = rows.getObject(first + 2, OffsetDateTime.class);
    return since == null
        ? null
        : Arrays.asList(rows.getObject(first), rows.getString(first + 1), since.toInstant());
  }

  private static List<@Nullable Object> columns(ResultSet rows, int first, int count)
      throws SQLException {
    var values = new @Nullable Object[count];
    for (var column = 0; column < count; column++) values[column] = rows.getObject(first + column);
    return Arrays.asList(values);
  }

  @Override
  public List<Coupon> coupons(BuyerId buyerId, String code) {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(COUPONS)) {
      statement.setObject(1, buyerId.value());
      statement.setString(2, code);
      List<Coupon> coupons = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) coupons.add(coupon(rows));
      }
      return coupons;
    } catch (SQLException e) {
      throw new StoreUnavailableException("the coupons cannot be read", e);
    }
  }

  private static Coupon coupon(ResultSet rows) throws SQLException {
    var values = columns(rows, 1, COUPON_COLUMNS);
    var last = COUPON_COLUMNS - 1;
    values.set(last, rows.getObject(COUPON_COLUMNS, OffsetDateTime.class));
    return CouponTable.coupon(values);
  }

  @Override
  public Optional<OrderSummary> order(OrderId id) {
    var sql = "select summary from order_summaries where order_id = ?";
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id.value());
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(OrderSummaries.read(rows.getString(1))) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("the orders cannot be read", e);
    }
  }
}
