package marketplace.edge;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Problem;

/// No more requests at the same time than there is memory for. Whoever comes on top is asked to
/// come again, before anything is done for him: otherwise a service that is slower than its callers
/// would take them all in until it dies, and everybody with it.
@ApplicationScoped
public class RequestLimit {
  private static final ObjectMapper JSON = ContractJson.mapper();

  /// Before all others.
  private static final int PRIORITY = 10_000;

  /// Who asks whether we live has to be told so, above all now.
  private static final String MANAGEMENT = "/q/";

  /// Each of these stays open, and has a limit of its own.
  private static final String STREAMS = "/v1/stream";

  private final int atOnceMax;
  private final AtomicInteger atOnce = new AtomicInteger();

  RequestLimit(ServiceSettings settings) {
    this.atOnceMax = settings.requestsAtOnce();
  }

  void limit(@Observes Filters filters) {
    filters.register(this::admit, PRIORITY);
  }

  private void admit(RoutingContext request) {
    var path = request.normalizedPath();
    if (path.startsWith(MANAGEMENT) || path.equals(STREAMS)) {
      request.next();
    } else if (atOnce.incrementAndGet() > atOnceMax) {
      atOnce.decrementAndGet();
      turnAway(request);
    } else {
      request.addEndHandler(_ -> atOnce.decrementAndGet());
      request.next();
    }
  }

  private static void turnAway(RoutingContext request) {
    var problem =
        Problem.of(503, "NOT_READY", "too many requests at once; try again", null)
            .withInstance(request.normalizedPath());
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problems.MEDIA_TYPE)
        .putHeader("Retry-After", "1")
        .end(JSON.valueToTree(problem).toString());
  }
}
