package marketplace.dispute.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Files may be long here; everything else is as short as in the other services.
///
/// Public, because in tests the framework calls it from another class loader.
public class BodyLimit {
  private static final int JSON_BYTES_MAX = 64 * 1024;

  @ServerRequestFilter
  public void refuseLongJson(ContainerRequestContext request) {
    var type = request.getMediaType();
    var json = type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    if (json && request.getLength() > JSON_BYTES_MAX) {
      throw new ProblemException(
          Problem.of(413, "TOO_LARGE", "a body must have at most 64 KiB", null));
    }
  }
}
