package marketplace.order.view;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import marketplace.eventsourcing.Change;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.order.domain.coupon.Coupon;
import marketplace.order.domain.coupon.CouponEvent;
import marketplace.order.domain.coupon.CouponWallet;
import org.jspecify.annotations.Nullable;

/// The coupons of all buyers, to be found by their codes.
public final class CouponTable {
  private static final Column COUPON_ID = new Column("coupon_id", "uuid");

  public static final ViewTable TABLE =
      new ViewTable(
          "buyer_coupons",
          List.of(COUPON_ID),
          List.of(
              COUPON_ID,
              new Column("buyer_id", "uuid"),
              new Column("state", "text"),
              new Column("code", "text"),
              new Column("issuer", "text"),
              new Column("seller_id", "uuid"),
              new Column("currency", "text"),
              new Column("discount_minor", "bigint"),
              new Column("min_spend_minor", "bigint"),
              new Column("applies_to", "text"),
              new Column("expires_at", "timestamptz")));

  private CouponTable() {}

  public static List<ViewRow> rowsFor(Change<CouponWallet, CouponEvent> change) {
    return change.after().held().values().stream()
        .filter(held -> !held.equals(change.before().held().get(held.coupon().couponId())))
        .map(held -> row(change.stream().id(), held))
        .toList();
  }

  private static ViewRow row(UUID buyerId, CouponWallet.Held held) {
    var coupon = held.coupon();
    var sellerId = coupon.sellerId();
    return ViewRow.of(
        TABLE,
        coupon.couponId().value(),
        buyerId,
        held.state().name(),
        coupon.code(),
        coupon.issuer().name(),
        sellerId == null ? null : sellerId.value(),
        coupon.currency(),
        coupon.discountMinor(),
        coupon.minSpendMinor(),
        coupon.appliesTo().stream().map(ProductId::toString).collect(Collectors.joining(",")),
        coupon.expiresAt());
  }

  public static boolean isUsable(List<@Nullable Object> row, UUID buyerId, String code) {
    return buyerId.equals(row.get(1))
        && CouponWallet.State.USABLE.name().equals(row.get(2))
        && code.equals(row.get(3));
  }

  /// Reads a coupon back from its row.
  public static Coupon coupon(List<@Nullable Object> row) {
    var sellerId = row.get(5);
    return new Coupon(
        new CouponId(value(row, 0, UUID.class)),
        value(row, 3, String.class),
        CouponIssuer.valueOf(value(row, 4, String.class)),
        sellerId == null ? null : new SellerId((UUID) sellerId),
        value(row, 6, String.class),
        value(row, 7, Long.class),
        value(row, 8, Long.class),
        products(value(row, 9, String.class)),
        instant(Objects.requireNonNull(row.get(10))));
  }

  private static List<ProductId> products(String joined) {
    if (joined.isEmpty()) return List.of();
    return Arrays.stream(joined.split(",")).map(ProductId::of).toList();
  }

  /// As it was written, or as the database gives it back.
  private static Instant instant(Object value) {
    return value instanceof OffsetDateTime time ? time.toInstant() : (Instant) value;
  }

  private static <T> T value(List<@Nullable Object> row, int column, Class<T> type) {
    var value = row.get(column);
    if (value == null) throw new IllegalStateException("column " + column + " is null in " + row);
    return type.cast(value);
  }
}
