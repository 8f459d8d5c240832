package marketplace.simulation.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refused here and not by the HTTP server, which would close the connection while the body is
/// still coming, so that the caller might never see why.
///
/// Public, because in tests the framework calls it from another class loader.
public class BodyLimit {
  private static final int JSON_BYTES_MAX = 1024 * 1024;

  @ServerRequestFilter
  public void refuseLongJson(ContainerRequestContext request) {
    var type = request.getMediaType();
    if (type == null || !type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) return;
    if (request.getLength() > JSON_BYTES_MAX) throw tooLarge();
    // Sent in chunks, a body does not say how long it is: it is counted while it is read.
    if (request.getLength() < 0) request.setEntityStream(new Counted(request.getEntityStream()));
  }

  private static ProblemException tooLarge() {
    return new ProblemException(
        Problem.of(413, "TOO_LARGE", "a body must have at most 1 MiB", null));
  }

  private static final class Counted extends FilterInputStream {
    private int left = JSON_BYTES_MAX;

    Counted(InputStream body) {
      super(body);
    }

    @Override
    public int read() throws IOException {
      var read = super.read();
      if (read >= 0) count(1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      var read = super.read(into, offset, length);
      if (read > 0) count(read);
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) throw tooLarge();
    }
  }
}
