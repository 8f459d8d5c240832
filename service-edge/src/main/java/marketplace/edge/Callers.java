package marketplace.edge;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;

/// Who is calling. In simulation two headers say it; without it nobody is known yet, and the
/// headers are refused, so that they can never be a way around the identity that comes later.
@Singleton
class Callers {
  static final String ROLE = "X-Role";
  static final String ACTOR = "X-Actor-Id";
  static final Set<String> ROLES =
      Set.of("BUYER", "SELLER", "PLATFORM", "CARRIER", "PROVIDER", "SIMULATION");

  private final boolean headersAccepted;

  Callers(ServiceSettings settings) {
    this.headersAccepted = settings.simulation().enabled();
  }

  Caller callerOf(HttpServerRequest request) {
    var role = request.getHeader(ROLE);
    var actor = request.getHeader(ACTOR);
    if (!headersAccepted) {
      throw unauthenticated("calls need an identity; " + ROLE + " is accepted in simulation only");
    }
    if (role == null || actor == null) {
      throw unauthenticated("headers " + ROLE + " and " + ACTOR + " say who is calling");
    }
    if (!ROLES.contains(role)) {
      throw unauthenticated(ROLE + " must be one of " + ROLES.stream().sorted().toList());
    }
    try {
      return new Caller(role, UUID.fromString(actor));
    } catch (IllegalArgumentException e) {
      throw unauthenticated(ACTOR + " must be a UUID");
    }
  }

  private static ProblemException unauthenticated(String detail) {
    return new ProblemException(Problem.of(401, "UNAUTHENTICATED", detail, null));
  }
}
