package marketplace.seller.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.seller.view.ProductView;

/// What else somebody may like who looks at a product.
@Singleton
class SimilarProducts {
  private static final int PRODUCTS_MAX = 5;

  private static final String CHEAPER =
      """
      select other.view from products this join products other
        on other.category = this.category and other.currency = this.currency
          and other.price_minor < this.price_minor
      where this.product_id = ?
      order by other.price_minor, other.product_id limit %d
      """
          .formatted(PRODUCTS_MAX);

  private final DataSource dataSource;

  SimilarProducts(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  List<ProductView> to(UUID productId) {
    try (var connection = dataSource.getConnection();
        var known = connection.prepareStatement("select 1 from products where product_id = ?");
        var cheaper = connection.prepareStatement(CHEAPER)) {
      known.setObject(1, productId);
      try (var row = known.executeQuery()) {
        if (!row.next()) throw new NotFoundException();
      }
      cheaper.setObject(1, productId);
      List<ProductView> products = new ArrayList<>();
      try (var rows = cheaper.executeQuery()) {
        while (rows.next()) products.add(Tables.read(rows.getString(1), ProductView.class));
      }
      return products;
    } catch (SQLException e) {
      throw Tables.unavailable(e);
    }
  }
}
