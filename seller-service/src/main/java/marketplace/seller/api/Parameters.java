package marketplace.seller.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import org.jspecify.annotations.Nullable;

/// Query parameters as they are meant; null where they are left out.
final class Parameters {
  private Parameters() {}

  static <E extends Enum<E>> @Nullable E choice(String name, @Nullable String text, Class<E> type) {
    if (text == null || text.isEmpty()) return null;
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(text))
        .findFirst()
        .orElseThrow(() -> invalid(name, "must be one of " + List.of(type.getEnumConstants())));
  }

  static @Nullable UUID uuid(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) return null;
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw invalid(name, "must be a UUID");
    }
  }

  /// Of a path, where anything else leads nowhere.
  static UUID pathId(String name, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(400, "MALFORMED", name + " must be a UUID, was " + text, null)
              .withErrors(List.of(new Problem.FieldError(name, "NOT_A_UUID"))));
    }
  }

  /// In the form that JDBC takes.
  static @Nullable OffsetDateTime instant(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) return null;
    try {
      return Instant.parse(text).atOffset(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw invalid(name, "must be an instant such as 2026-01-05T00:00:00.000Z");
    }
  }

  static @Nullable String text(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) return null;
    if (text.indexOf('\0') >= 0) throw invalid(name, "must not contain the character U+0000");
    return text;
  }

  private static ProblemException invalid(String name, String what) {
    return new ProblemException(
        Problem.of(422, "INVALID", name + " " + what, null)
            .withErrors(List.of(new Problem.FieldError(name, "INVALID"))));
  }
}
