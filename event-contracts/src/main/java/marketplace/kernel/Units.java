package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntBinaryOperator;

/// Units of several lines, each line at most once and in the order of the lines; written as
/// `[{lineId, quantity}]`. A line that is not named has none.
public record Units(@JsonValue List<LineUnits> lines) {
  public static final Units NONE = new Units(List.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Units {
    lines = List.copyOf(lines);
    if (lines.size() > 1 && namesLineTwice(lines)) {
      throw new IllegalArgumentException("units must name each line at most once");
    }
  }

  private static boolean namesLineTwice(List<LineUnits> lines) {
    Set<LineId> known = new HashSet<>();
    for (var line : lines) {
      if (!known.add(line.lineId())) return true;
    }
    return false;
  }

  public static Units of(LineId lineId, int quantity) {
    return new Units(List.of(new LineUnits(lineId, quantity)));
  }

  /// How many units of the line are meant.
  public int of(LineId lineId) {
    for (var line : lines) {
      if (line.lineId().equals(lineId)) return line.quantity();
    }
    return 0;
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /// All units, over all lines.
  public int total() {
    var total = 0;
    for (var line : lines) total += line.quantity();
    return total;
  }

  public Units plus(Units other) {
    return isEmpty() ? other : combine(other, Math::addExact);
  }

  /// Takes the others away; a line never goes below zero. Ask `covers` first where it matters.
  public Units minus(Units other) {
    return combine(other, (mine, theirs) -> Math.max(0, mine - theirs));
  }

  /// Is each line named here with at least as many units as there?
  public boolean covers(Units other) {
    for (var line : other.lines) {
      if (of(line.lineId()) < line.quantity()) return false;
    }
    return true;
  }

  /// Do both name at least one unit of the same line?
  public boolean overlaps(Units other) {
    for (var line : other.lines) {
      if (of(line.lineId()) > 0) return true;
    }
    return false;
  }

  private Units combine(Units other, IntBinaryOperator operator) {
    if (other.isEmpty()) return this;
    List<LineUnits> result = new ArrayList<>();
    for (var line : lines) {
      add(result, line.lineId(), operator.applyAsInt(line.quantity(), other.of(line.lineId())));
    }
    for (var line : other.lines) {
      if (!names(line.lineId())) {
        add(result, line.lineId(), operator.applyAsInt(0, line.quantity()));
      }
    }
    return new Units(result);
  }

  private static void add(List<LineUnits> lines, LineId lineId, int quantity) {
    if (quantity > 0) lines.add(new LineUnits(lineId, quantity));
  }

  private boolean names(LineId lineId) {
    for (var line : lines) {
      if (line.lineId().equals(lineId)) return true;
    }
    return false;
  }
}
