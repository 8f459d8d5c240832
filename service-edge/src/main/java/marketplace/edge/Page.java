package marketplace.edge;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import org.jspecify.annotations.Nullable;

/// One page of a list. The cursor is the sort key of the last item, in a form that only we read, so
/// a list that grows meanwhile shows nothing twice and leaves nothing out.
///
/// @param nextCursor null on the last page
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public static final int LIMIT_MAX = 200;
  public static final int LIMIT_DEFAULT = 50;
  private static final int CURSOR_CHARS_MAX = 500;

  /// Makes a page of rows that were read with a limit of one more than asked for.
  public static <R, T> Page<T> of(
      List<R> rows, int limit, Function<R, T> item, Function<R, List<String>> sortKey) {
    var shown = rows.size() > limit ? rows.subList(0, limit) : rows;
    var next = rows.size() > limit ? encode(sortKey.apply(shown.getLast())) : null;
    return new Page<>(shown.stream().map(item).toList(), next);
  }

  public static int limit(@Nullable Integer asked) {
    if (asked == null) return LIMIT_DEFAULT;
    if (asked < 1 || asked > LIMIT_MAX) {
      throw invalid("limit", "must be 1 to " + LIMIT_MAX + ", was " + asked);
    }
    return asked;
  }

  /// The sort key in a cursor, of `parts` parts; empty on the first page.
  public static List<String> sortKeyOf(@Nullable String cursor, int parts) {
    if (cursor == null || cursor.isEmpty()) return List.of();
    if (cursor.length() > CURSOR_CHARS_MAX) throw invalid("cursor", "is none of ours");
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      var key = List.of(text.split("\n", -1));
      if (key.size() == parts) return key;
    } catch (IllegalArgumentException e) {
      throw invalid("cursor", "is none of ours");
    }
    throw invalid("cursor", "is none of ours");
  }

  private static String encode(List<String> sortKey) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join("\n", sortKey).getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException invalid(String parameter, String what) {
    return new ProblemException(
        Problem.of(422, "INVALID", parameter + " " + what, null)
            .withErrors(List.of(new Problem.FieldError(parameter, "INVALID"))));
  }
}
