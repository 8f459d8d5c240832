package marketplace.simulation.journal;

import java.util.UUID;

/// An invariant that does not hold.
///
/// @param id its name in the domain, section 13: `M2`
public record Broken(String id, UUID orderId, String detail) {
  @Override
  public String toString() {
    return "%s order %s: %s".formatted(id, orderId, detail);
  }
}
