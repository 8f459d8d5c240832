package marketplace.dispute.request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import marketplace.dispute.domain.Actor;
import marketplace.dispute.domain.Evidence;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.kernel.CaseParty;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// What can be seen to be wrong without knowing the state of anything. All fields of a body are
/// looked at before the caller is told.
final class Checks {
  static final int TEXT_CHARS_MAX = 2000;
  static final int COMMENT_CHARS_MAX = 500;
  static final int CAPTION_CHARS_MAX = 200;
  static final int TRACKING_NUMBER_CHARS_MAX = 100;
  static final int LINES_MAX = 50;
  static final long AMOUNT_MINOR_MAX = 1_000_000_000_000L;

  private final List<FieldError> errors = new ArrayList<>();

  /// Only these may do this, each for his side.
  static Actor actor(Call call, CaseParty... parties) {
    var caller = call.caller();
    for (var party : parties) {
      if (caller.is(party.name())) return new Actor(party, caller.id());
    }
    throw forbidden(List.of(parties));
  }

  static void carrier(Call call) {
    Caller caller = call.caller();
    if (!caller.is("CARRIER") && !caller.is("SIMULATION")) {
      throw forbidden(List.of("CARRIER", "SIMULATION"));
    }
  }

  private static ProblemException forbidden(List<?> roles) {
    return new ProblemException(Problem.of(403, "FORBIDDEN", "this is for " + roles, null));
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
    if (value != null) return value;
    errors.add(new FieldError(pointer, "REQUIRED"));
    return instead;
  }

  String text(String pointer, @Nullable String value, int charsMax) {
    var text = value == null ? "" : value.strip();
    if (text.isEmpty()) errors.add(new FieldError(pointer, "REQUIRED"));
    return storable(pointer, text, charsMax);
  }

  /// Empty where nothing is said.
  String comment(String pointer, @Nullable String value, int charsMax) {
    return storable(pointer, value == null ? "" : value.strip(), charsMax);
  }

  long amount(String pointer, @Nullable Long value) {
    if (value == null) {
      errors.add(new FieldError(pointer, "REQUIRED"));
      return 0;
    }
    if (value < 0 || value > AMOUNT_MINOR_MAX) errors.add(new FieldError(pointer, "OUT_OF_RANGE"));
    return value;
  }

  Units units(@Nullable Units value) {
    var units = present("/units", value, Units.NONE);
    if (value != null && units.isEmpty()) errors.add(new FieldError("/units", "EMPTY"));
    if (units.lines().size() > LINES_MAX) errors.add(new FieldError("/units", "TOO_MANY"));
    return units;
  }

  /// None where they are left out.
  List<EvidenceId> evidence(@Nullable List<EvidenceId> ids) {
    if (ids == null) return List.of();
    if (ids.stream().anyMatch(id -> id == null)) {
      errors.add(new FieldError("/evidenceIds", "REQUIRED"));
      return List.of();
    }
    if (ids.size() > Evidence.PIECES_MAX) errors.add(new FieldError("/evidenceIds", "TOO_MANY"));
    if (new HashSet<>(ids).size() < ids.size()) {
      errors.add(new FieldError("/evidenceIds", "REPEATED"));
    }
    return ids;
  }

  void refuse(String pointer, String code) {
    errors.add(new FieldError(pointer, code));
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

  private String storable(String pointer, String text, int charsMax) {
    if (text.length() > charsMax) errors.add(new FieldError(pointer, "TOO_LONG"));
    if (text.indexOf('\0') >= 0) errors.add(new FieldError(pointer, "NUL_CHARACTER"));
    return text;
  }
}
