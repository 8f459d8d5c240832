package marketplace.simulation.race;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import marketplace.simulation.journal.Broken;
import org.jspecify.annotations.Nullable;

/// One order of the actions, and what came of it.
///
/// @param broken invariants; empty
public record Raced(List<Act> acts, End end, List<Broken> broken) {
  public Raced {
    acts = List.copyOf(acts);
    broken = List.copyOf(broken);
  }

  /// @param action in its word
  /// @param code of the refusal; null where it was accepted
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Act(String action, boolean accepted, @Nullable String code) {
    @Override
    public String toString() {
      return accepted ? action : action + " (" + code + ")";
    }
  }

  /// How the order stands when everybody has heard of everything, and where its money is.
  ///
  /// @param cancellation the last request's outcome, or its state while it is open, or NONE
  /// @param dispute the last dispute's state, or NONE
  public record End(
      String order,
      String cancellation,
      String refund,
      String dispute,
      long paidMinor,
      long refundedMinor,
      long paidOutMinor,
      long inEscrowMinor) {}
}
