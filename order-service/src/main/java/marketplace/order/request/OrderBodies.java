package marketplace.order.request;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.kernel.AddressId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.LineId;
import marketplace.kernel.LineUnits;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.ProductId;
import marketplace.kernel.SellerId;
import marketplace.kernel.Units;
import marketplace.order.domain.OrderDecider;
import marketplace.order.view.DeliveryAddress.Place;
import org.jspecify.annotations.Nullable;

/// The bodies of commands, and their limits. What is `@Nullable` may be left out.
public final class OrderBodies {
  public static final int LINES_MAX = 50;
  public static final int QUANTITY_MAX = 999;
  public static final int COMMENT_CHARS_MAX = 500;
  public static final int STARS_MAX = 5;
  public static final int EXTERNAL_REFERENCE_CHARS_MAX = 100;

  /// Of each part of an address.
  public static final int ADDRESS_CHARS_MAX = 200;

  /// Of names that are looked up: policies, coupons, reasons.
  public static final int NAME_CHARS_MAX = 64;

  /// What a timestamp with four digits for the year can say.
  private static final Instant EXPIRES_MAX = Instant.parse("9999-12-31T23:59:59.999Z");

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> COUNTRIES =
      Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

  private OrderBodies() {}

  /// @param couponCode of one of the buyer's coupons
  /// @param policyId STANDARD_72H where it is left out
  public record PlaceOrder(
      SellerId sellerId,
      List<Line> lines,
      long shippingFeeMinor,
      @Nullable String couponCode,
      PaymentMethod paymentMethod,
      DeliverTo deliverTo,
      @Nullable String policyId,
      @Nullable String externalReference) {
    List<FieldError> errors() {
      var errors = new Errors();
      errors.lines(lines);
      errors.range("/shippingFeeMinor", shippingFeeMinor, 0, OrderDecider.TOTAL_MINOR_MAX);
      errors.length("/couponCode", couponCode, NAME_CHARS_MAX);
      errors.address(deliverTo);
      errors.length("/policyId", policyId, NAME_CHARS_MAX);
      errors.length("/externalReference", externalReference, EXTERNAL_REFERENCE_CHARS_MAX);
      return errors.found;
    }
  }

  public record Line(ProductId productId, int quantity) {}

  /// @param addressId a new one where it is left out
  /// @param name all of the last four, or none: an address that is known by its id is not said
  ///   again
  public record DeliverTo(
      @Nullable AddressId addressId,
      String country,
      @Nullable String name,
      @Nullable String street,
      @Nullable String city,
      @Nullable String postcode) {
    static DeliverTo known(AddressId addressId, String country) {
      return new DeliverTo(addressId, country, null, null, null, null);
    }

    /// Null where the caller has only named the address.
    @Nullable Place place() {
      return name == null || street == null || city == null || postcode == null
          ? null
          : new Place(name, street, city, postcode, country);
    }

    /// Nobody's name or street gets into a log by way of a record's text.
    @Override
    public String toString() {
      return "DeliverTo in " + country;
    }
  }

  /// What is left out is as in the first order.
  public record Reorder(
      @Nullable DeliverTo deliverTo,
      @Nullable List<Line> lines,
      @Nullable PaymentMethod paymentMethod,
      @Nullable String couponCode) {
    List<FieldError> errors() {
      var errors = new Errors();
      if (lines != null) errors.lines(lines);
      errors.length("/couponCode", couponCode, NAME_CHARS_MAX);
      if (deliverTo != null) errors.address(deliverTo);
      return errors.found;
    }
  }

  /// @param units all open ones where they are left out
  /// @param reason a text, so that an unknown one can be answered by name
  public record RequestCancellation(
      @Nullable List<UnitsOfLine> units, String reason, @Nullable String comment) {
    List<FieldError> errors() {
      var errors = new Errors();
      errors.units(units);
      errors.length("/reason", reason, NAME_CHARS_MAX);
      errors.length("/comment", comment, COMMENT_CHARS_MAX);
      return errors.found;
    }
  }

  /// @param units all open ones where they are left out
  public record PreviewCancellation(@Nullable List<UnitsOfLine> units) {
    List<FieldError> errors() {
      var errors = new Errors();
      errors.units(units);
      return errors.found;
    }
  }

  /// @param stars one to five
  public record Review(int stars, @Nullable String comment) {
    List<FieldError> errors() {
      var errors = new Errors();
      errors.range("/stars", stars, 1, STARS_MAX);
      errors.length("/comment", comment, COMMENT_CHARS_MAX);
      return errors.found;
    }
  }

  public record UnitsOfLine(LineId lineId, int quantity) {}

  public record AnswerOffer(OfferAnswer answer) {}

  /// @param currency USD where it is left out
  /// @param appliesToProductIds all where they are left out
  public record GrantCoupon(
      String code,
      CouponIssuer issuer,
      @Nullable String currency,
      long discountMinor,
      long minSpendMinor,
      @Nullable List<ProductId> appliesToProductIds,
      Instant expiresAt) {
    List<FieldError> errors(String role) {
      var errors = new Errors();
      errors.length("/code", code, NAME_CHARS_MAX);
      if (code.isBlank()) errors.found.add(new FieldError("/code", "BLANK"));
      if (!issuer.name().equals(role)) {
        errors.found.add(new FieldError("/issuer", "NOT_THE_CALLER"));
      }
      if (currency != null && !CURRENCIES.contains(currency)) {
        errors.found.add(new FieldError("/currency", "NOT_A_CURRENCY"));
      }
      errors.range("/discountMinor", discountMinor, 1, OrderDecider.TOTAL_MINOR_MAX);
      errors.range("/minSpendMinor", minSpendMinor, 0, OrderDecider.TOTAL_MINOR_MAX);
      if (appliesToProductIds != null) {
        errors.range("/appliesToProductIds", appliesToProductIds.size(), 1, LINES_MAX);
      }
      if (expiresAt.isAfter(EXPIRES_MAX)) {
        errors.found.add(new FieldError("/expiresAt", "OUT_OF_RANGE"));
      }
      return errors.found;
    }
  }

  public record Nothing() {}

  /// Null where they were left out.
  static @Nullable Units units(@Nullable List<UnitsOfLine> units) {
    if (units == null) return null;
    return new Units(
        units.stream().map(line -> new LineUnits(line.lineId(), line.quantity())).toList());
  }

  private static final class Errors {
    private final List<FieldError> found = new ArrayList<>();

    void range(String pointer, long value, long min, long max) {
      if (value < min || value > max) found.add(new FieldError(pointer, "OUT_OF_RANGE"));
    }

    void length(String pointer, @Nullable String text, int charsMax) {
      if (text != null && text.length() > charsMax) found.add(new FieldError(pointer, "TOO_LONG"));
    }

    void lines(List<Line> lines) {
      range("/lines", lines.size(), 1, LINES_MAX);
      for (var index = 0; index < Math.min(lines.size(), LINES_MAX); index++) {
        range("/lines/" + index + "/quantity", lines.get(index).quantity(), 1, QUANTITY_MAX);
      }
    }

    void units(@Nullable List<UnitsOfLine> units) {
      if (units == null) return;
      range("/units", units.size(), 1, LINES_MAX);
      Set<LineId> seen = new HashSet<>();
      for (var index = 0; index < Math.min(units.size(), LINES_MAX); index++) {
        var pointer = "/units/" + index;
        range(pointer + "/quantity", units.get(index).quantity(), 1, QUANTITY_MAX);
        if (!seen.add(units.get(index).lineId())) {
          found.add(new FieldError(pointer + "/lineId", "NAMED_TWICE"));
        }
      }
    }

    void address(DeliverTo deliverTo) {
      var parts = new LinkedHashMap<String, @Nullable String>();
      parts.put("/deliverTo/name", deliverTo.name());
      parts.put("/deliverTo/street", deliverTo.street());
      parts.put("/deliverTo/city", deliverTo.city());
      parts.put("/deliverTo/postcode", deliverTo.postcode());
      var said = parts.values().stream().anyMatch(Objects::nonNull);
      parts.forEach((pointer, part) -> {
        length(pointer, part, ADDRESS_CHARS_MAX);
        if (said && (part == null || part.isBlank())) {
          found.add(new FieldError(pointer, "REQUIRED"));
        }
      });
      if (!COUNTRIES.contains(deliverTo.country())) {
        found.add(new FieldError("/deliverTo/country", "NOT_A_COUNTRY"));
      }
    }
  }
}
