package marketplace.eventsourcing;

import java.util.UUID;

/// Who asks: a role and who plays it.
public record Caller(String role, UUID id) {
  /// The form in which it is written beside events: `BUYER:0190…`.
  public String actor() {
    return role + ":" + id;
  }

  public boolean is(String expectedRole) {
    return role.equals(expectedRole);
  }
}
