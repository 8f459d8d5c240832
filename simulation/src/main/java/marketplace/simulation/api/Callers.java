package marketplace.simulation.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Caller;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Whoever moves the time of all, or sees everybody's orders, is nobody's buyer or seller. As in
/// the services two headers say who calls; this server is not there where they are not believed.
///
/// Public, because the framework calls it from another class loader.
public final class Callers {
  private static final String ROLE = "X-Role";
  private static final String ACTOR = "X-Actor-Id";
  private static final Set<String> KNOWN =
      Set.of("BUYER", "SELLER", "PLATFORM", "CARRIER", "PROVIDER", "SIMULATION");
  private static final Set<String> MAY_LOOK = Set.of("SIMULATION", "PLATFORM");
  private static final Set<String> MAY_ACT = Set.of("SIMULATION");

  @ServerRequestFilter
  public void check(HttpServerRequest request) {
    var path = request.path();
    if (path == null || !path.startsWith("/v1/")) return;
    var role = callerOf(request).role();
    var allowed = request.method().name().equals("GET") ? MAY_LOOK : MAY_ACT;
    if (!allowed.contains(role)) {
      throw new ProblemException(
          Problem.of(403, "FORBIDDEN", "this is for " + String.join(", ", allowed), null));
    }
  }

  static Caller callerOf(HttpServerRequest request) {
    var role = request.getHeader(ROLE);
    var actor = request.getHeader(ACTOR);
    if (role == null || actor == null) {
      throw unauthenticated("headers " + ROLE + " and " + ACTOR + " say who is calling");
    }
    if (!KNOWN.contains(role)) {
      throw unauthenticated(ROLE + " must be one of " + KNOWN.stream().sorted().toList());
    }
    try {
      return new Caller(role, UUID.fromString(actor));
    } catch (IllegalArgumentException _) {
      throw unauthenticated(ACTOR + " must be a UUID");
    }
  }

  private static ProblemException unauthenticated(String detail) {
    return new ProblemException(Problem.of(401, "UNAUTHENTICATED", detail, null));
  }
}
