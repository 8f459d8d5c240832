package marketplace.seller.request;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// What can be seen to be wrong without knowing the state of anything. All fields of a body are
/// looked at before the caller is told.
final class Checks {
  static final int COMMENT_CHARS_MAX = 500;
  static final int MESSAGE_CHARS_MAX = 2_000;
  static final int CARRIER_CHARS_MAX = 60;
  static final int TRACKING_NUMBER_CHARS_MAX = 100;
  static final int NAME_CHARS_MAX = 200;
  static final int TITLE_CHARS_MAX = 200;
  static final int CATEGORY_CHARS_MAX = 100;
  static final int LINES_MAX = 50;
  static final int COUNTRIES_MAX = 250;
  static final long PRICE_MINOR_MAX = 100_000_000_000L;

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private final List<FieldError> errors = new ArrayList<>();

  /// Only these roles may do this.
  static void role(Call call, String... roles) {
    if (!List.of(roles).contains(call.caller().role())) {
      throw new ProblemException(
          Problem.of(403, "FORBIDDEN", "this is for " + String.join(", ", roles), null));
    }
  }

  static <T> T id(String name, @Nullable String text, Function<String, T> reader) {
    try {
      return reader.apply(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(400, "MALFORMED", name + " must be a UUID, was " + text, null)
              .withErrors(List.of(new FieldError(name, "NOT_A_UUID"))));
    }
  }

  <T> T present(String pointer, @Nullable T value, T instead) {
    if (value == null) {
      errors.add(new FieldError(pointer, "REQUIRED"));
      return instead;
    }
    return value;
  }

  String text(String pointer, @Nullable String value, int charsMax) {
    var text = value == null ? "" : value.strip();
    if (text.isEmpty()) {
      errors.add(new FieldError(pointer, "REQUIRED"));
    } else {
      storable(pointer, text, charsMax);
    }
    return text;
  }

  /// Blank counts as none.
  @Nullable String comment(@Nullable String value) {
    if (value == null || value.isBlank()) return null;
    storable("/comment", value, COMMENT_CHARS_MAX);
    return value;
  }

  /// A template, or words of one's own: empty where there is a template.
  String message(@Nullable Object template, @Nullable String value) {
    if (template == null) return text("/text", value, MESSAGE_CHARS_MAX);
    if (value != null) errors.add(new FieldError("/text", "BESIDE_TEMPLATE"));
    return "";
  }

  String country(String pointer, @Nullable String value) {
    if (value == null) {
      errors.add(new FieldError(pointer, "REQUIRED"));
      return "";
    }
    if (!COUNTRIES.contains(value)) errors.add(new FieldError(pointer, "NOT_A_COUNTRY"));
    return value;
  }

  String currency(String pointer, @Nullable String value) {
    if (value == null) {
      errors.add(new FieldError(pointer, "REQUIRED"));
      return "";
    }
    if (!CURRENCY.matcher(value).matches() || !isKnown(value)) {
      errors.add(new FieldError(pointer, "NOT_A_CURRENCY"));
    }
    return value;
  }

  long between(String pointer, @Nullable Long value, long min, long max) {
    if (value == null) {
      errors.add(new FieldError(pointer, "REQUIRED"));
      return min;
    }
    if (value < min || value > max) errors.add(new FieldError(pointer, "OUT_OF_RANGE"));
    return value;
  }

  /// Null where they may be left out and are.
  @Nullable Units units(@Nullable Units value) {
    if (value == null) return null;
    if (value.isEmpty()) errors.add(new FieldError("/units", "EMPTY"));
    if (value.lines().size() > LINES_MAX) errors.add(new FieldError("/units", "TOO_MANY"));
    return value;
  }

  <T> List<T> atMost(String pointer, List<T> values, int max) {
    if (values.size() > max) errors.add(new FieldError(pointer, "TOO_MANY"));
    return values;
  }

  /// Ends the looking: tells the caller all that is wrong, if anything is.
  void done() {
    if (errors.isEmpty()) return;
    var detail = new StringBuilder();
    for (var error : errors) {
      if (!detail.isEmpty()) detail.append("; ");
      detail.append(error.pointer()).append(' ').append(error.code());
    }
    throw new ProblemException(
        Problem.of(422, "INVALID", detail.toString(), null).withErrors(List.copyOf(errors)));
  }

  private void storable(String pointer, String text, int charsMax) {
    if (text.length() > charsMax) errors.add(new FieldError(pointer, "TOO_LONG"));
    if (text.indexOf('\0') >= 0) errors.add(new FieldError(pointer, "NUL_CHARACTER"));
  }

  private static boolean isKnown(String currency) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(known -> known.getCurrencyCode().equals(currency));
  }
}
