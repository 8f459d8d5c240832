package marketplace.simulation.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import marketplace.contracts.ContractJson;
import marketplace.kernel.PolicySet;
import org.jspecify.annotations.Nullable;

/// What has to be kept of a run to play it again and compare.
public record Recording(RunPlan plan, String traceHash, Trace trace) {
  private static final ObjectMapper JSON = ContractJson.mapper();

  public static Recording of(RunResult result) {
    return new Recording(result.plan(), result.traceHash(), result.trace());
  }

  /// @throws IllegalArgumentException where it is none
  public static Recording read(JsonNode json) {
    return JSON.convertValue(json, Recording.class);
  }

  /// @param replayed the second run's hash; equal means equal
  /// @param first where they differ; null where they are equal
  public record Comparison(
      boolean equal, String recorded, String replayed, @Nullable Difference first) {}

  /// @param of `order 17` or `seller 3`, as the plan numbers them
  /// @param event which of its events, from 1, in the order in which they are hashed
  /// @param recorded had the run that was recorded one at this place?
  /// @param replayed had the replay one?
  public record Difference(String of, int event, boolean recorded, boolean replayed) {}

  /// Plays it again in memory.
  public Comparison replay(List<PolicySet> known, IntConsumer progress) {
    return compare(Runs.inMemory(plan, known, progress));
  }

  /// With another run of the same plan.
  public Comparison compare(RunResult again) {
    var equal = traceHash.equals(again.traceHash());
    var first =
        first("order", trace.orders(), again.trace().orders())
            .or(() -> first("seller", trace.sellers(), again.trace().sellers()));
    return new Comparison(equal, traceHash, again.traceHash(), equal ? null : first.orElse(null));
  }

  private static Optional<Difference> first(
      String what, SortedMap<Integer, int[]> recorded, SortedMap<Integer, int[]> replayed) {
    var numbers = new TreeSet<>(recorded.keySet());
    numbers.addAll(replayed.keySet());
    var nothing = new int[0];
    for (var number : numbers) {
      var one = recorded.getOrDefault(number, nothing);
      var other = replayed.getOrDefault(number, nothing);
      var at = Arrays.mismatch(one, other);
      if (at < 0) continue;
      return Optional.of(
          new Difference(what + " " + number, at + 1, at < one.length, at < other.length));
    }
    return Optional.empty();
  }
}
