package marketplace.eventsourcing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal in the form of RFC 9457.
///
/// @param type `/problems/{code in lower case with dashes}`
/// @param now the simulated instant that the decision used
/// @param deadline the instant that was missed or not reached yet, where it is about one
/// @param allowedActions what the caller may do instead, where that is known
/// @param errors one for each wrong field
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    String type,
    String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    String code,
    @Nullable Instant now,
    @Nullable Instant deadline,
    @Nullable List<String> allowedActions,
    @Nullable List<FieldError> errors) {

  /// @param pointer JSON pointer into the body, or the name of a parameter or header
  public record FieldError(String pointer, String code) {}

  /// A problem that is about the state of things, not about a field.
  public static Problem of(int status, String code, String detail, @Nullable Instant now) {
    return new Problem(
        typeOf(code), titleOf(code), status, detail, null, code, now, null, null, null);
  }

  public Problem withDeadline(@Nullable Instant value) {
    return new Problem(
        type, title, status, detail, instance, code, now, value, allowedActions, errors);
  }

  public Problem withAllowedActions(List<String> value) {
    return new Problem(
        type, title, status, detail, instance, code, now, deadline, List.copyOf(value), errors);
  }

  public Problem withErrors(List<FieldError> value) {
    return new Problem(
        type, title, status, detail, instance, code, now, deadline, allowedActions, value);
  }

  public Problem withInstance(String value) {
    return new Problem(
        type, title, status, detail, value, code, now, deadline, allowedActions, errors);
  }

  public Problem withNow(@Nullable Instant value) {
    return new Problem(
        type, title, status, detail, instance, code, value, deadline, allowedActions, errors);
  }

  public Answer toAnswer() {
    return new Answer(status, Map.of(), this);
  }

  private static String typeOf(String code) {
    return "/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String titleOf(String code) {
    var words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
