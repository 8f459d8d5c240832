package marketplace.dispute.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BiFunction;
import marketplace.dispute.evidence.EvidenceStore;
import marketplace.dispute.evidence.MediaTypes;
import marketplace.dispute.request.Upload;
import marketplace.edge.Edge;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.IdSource;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.kernel.EvidenceId;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/// Takes a file in: looks at it, keeps it, asks the rules, and throws it away where they refuse.
@Singleton
class Uploads {
  static final long FILE_BYTES_MAX = 10 * 1024 * 1024;

  private final Edge edge;
  private final EvidenceStore store;
  private final IdSource ids;
  private final MediaTypes mediaTypes = new MediaTypes();

  Uploads(Edge edge, EvidenceStore store, IdSource ids) {
    this.edge = edge;
    this.store = store;
    this.ids = ids;
  }

  /// What the idempotency key stands for.
  private record Sent(String sha256, @Nullable String caption) {}

  Response accept(
      @Nullable FileUpload file,
      @Nullable String caption,
      BiFunction<Call, Upload, Prepared> preparation) {
    // Nothing of somebody whom we do not know is looked at or kept.
    var _ = edge.caller();
    if (file == null) {
      throw problem(400, "MALFORMED", "the form must have the parts file and caption");
    }
    if (file.size() > FILE_BYTES_MAX) {
      throw problem(413, "TOO_LARGE", "a file must have at most 10 MiB");
    }
    try {
      return accept(read(file.uploadedFile(), caption), file.uploadedFile(), preparation);
    } catch (IOException e) {
      throw new StoreUnavailableException("an upload cannot be kept", e);
    }
  }

  private Response accept(Upload upload, Path file, BiFunction<Call, Upload, Prepared> preparation)
      throws IOException {
    store.keep(upload.evidenceId(), file);
    try {
      var response =
          edge.run(
              call -> preparation.apply(call, upload), new Sent(upload.sha256(), upload.caption()));
      if (isRefused(response, upload)) store.remove(upload.evidenceId());
      return response;
    } catch (ProblemException e) {
      store.remove(upload.evidenceId());
      throw e;
    }
  }

  /// Refused, or answered before under this key with another file of the same content. After a
  /// fault nobody knows what was written: what no row speaks of is removed later.
  private static boolean isRefused(Response response, Upload upload) {
    return response.getStatus() < 500
        && !String.valueOf(response.getEntity()).contains(upload.evidenceId().toString());
  }

  private Upload read(Path file, @Nullable String caption) throws IOException {
    var type =
        mediaTypes
            .recognise(file)
            .orElseThrow(() ->
                problem(
                    415,
                    "UNSUPPORTED_MEDIA_TYPE",
                    "evidence is PNG, JPEG, WebP, PDF, MP4 or plain text"));
    var id = new EvidenceId(ids.next());
    return new Upload(id, type, Math.toIntExact(Files.size(file)), sha256(file), caption);
  }

  private static String sha256(Path file) throws IOException {
    try (var content =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      content.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(content.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ProblemException problem(int status, String code, String detail) {
    return new ProblemException(Problem.of(status, code, detail, null));
  }
}
