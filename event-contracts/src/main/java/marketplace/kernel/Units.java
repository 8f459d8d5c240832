package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntBinaryOperator;

/// Units of several lines, each line at most once and in the order of the lines; written as
/// `[{lineId, quantity}]`. A line that is not named has none.
public record Units(@JsonValue List<LineUnits> lines) {
  public static final Units NONE = new Units(List.of());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Units {
    lines = List.copyOf(lines);
    if (lines.stream().map(LineUnits::lineId).distinct().count() != lines.size()) {
      throw new IllegalArgumentException("units must name each line at most once");
    }
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
    return lines.stream().mapToInt(LineUnits::quantity).sum();
  }

  public Units plus(Units other) {
    return combine(other, Math::addExact);
  }

  /// Takes the others away; a line never goes below zero. Ask `covers` first where it matters.
  public Units minus(Units other) {
    return combine(other, (mine, theirs) -> Math.max(0, mine - theirs));
  }

  /// Is each line named here with at least as many units as there?
  public boolean covers(Units other) {
    return other.lines.stream().allMatch(line -> of(line.lineId()) >= line.quantity());
  }

  /// Do both name at least one unit of the same line?
  public boolean overlaps(Units other) {
    return other.lines.stream().anyMatch(line -> of(line.lineId()) > 0);
  }

  private Units combine(Units other, IntBinaryOperator operator) {
    Map<LineId, Integer> result = new LinkedHashMap<>();
    lines.forEach(line -> result.put(line.lineId(), line.quantity()));
    for (var line : other.lines) {
      result.put(
          line.lineId(),
          operator.applyAsInt(result.getOrDefault(line.lineId(), 0), line.quantity()));
    }
    return new Units(
        result.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> new LineUnits(entry.getKey(), entry.getValue()))
            .toList());
  }
}
