package marketplace.edge;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import org.jspecify.annotations.Nullable;

/// One page of a list. The cursor is the place of the last item, in a form that only we read, so a
/// list that grows meanwhile shows nothing twice and leaves nothing out.
///
/// @param nextCursor null on the last page
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public static final int LIMIT_MAX = 200;
  public static final int LIMIT_DEFAULT = 50;

  /// Comes after every time there is.
  public static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

  private static final int CURSOR_CHARS_MAX = 500;

  /// Where a list that is sorted by time and id goes on.
  public record Place(Instant at, UUID id) {}

  /// Makes a page of rows that were read with a limit of one more than asked for.
  public static <R, T> Page<T> of(
      List<R> rows, int limit, Function<R, T> item, Function<R, Place> place) {
    var shown = rows.size() > limit ? rows.subList(0, limit) : rows;
    var next = rows.size() > limit ? encode(place.apply(shown.getLast())) : null;
    return new Page<>(shown.stream().map(item).toList(), next);
  }

  public static int limit(@Nullable Integer asked) {
    if (asked == null) return LIMIT_DEFAULT;
    if (asked < 1 || asked > LIMIT_MAX) {
      throw invalid("limit", "must be 1 to " + LIMIT_MAX + ", was " + asked);
    }
    return asked;
  }

  /// The place that a cursor names; null for the first page.
  public static @Nullable Place placeOf(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) return null;
    if (cursor.length() > CURSOR_CHARS_MAX) throw foreign();
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      var parts = text.split("\n", -1);
      if (parts.length != 2) throw foreign();
      var at = Instant.parse(parts[0]);
      // Others than the database has.
      if (at.isBefore(Instant.EPOCH) || at.isAfter(NEVER)) throw foreign();
      return new Place(at, UUID.fromString(parts[1]));
    } catch (DateTimeException | IllegalArgumentException _) {
      throw foreign();
    }
  }

  private static String encode(Place place) {
    var text = place.at() + "\n" + place.id();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException foreign() {
    return invalid("cursor", "is none of ours");
  }

  private static ProblemException invalid(String parameter, String what) {
    return new ProblemException(
        Problem.of(422, "INVALID", parameter + " " + what, null)
            .withErrors(List.of(new Problem.FieldError(parameter, "INVALID"))));
  }
}
