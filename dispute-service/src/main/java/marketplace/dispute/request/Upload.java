package marketplace.dispute.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import marketplace.dispute.domain.Evidence;
import marketplace.kernel.EvidenceId;
import org.jspecify.annotations.Nullable;

/// A file that was sent as evidence, as far as the rules are concerned: what it is, not what is in
/// it.
///
/// @param mediaType as recognised from the content
/// @param caption null for none
public record Upload(
    EvidenceId evidenceId,
    String mediaType,
    int sizeBytes,
    String sha256,
    @Nullable String caption) {

  /// For callers that have no HTTP layer to send a file through: `file` is a text.
  static Upload of(JsonNode body, EvidenceId id) {
    var content = body.path("file").asText().getBytes(StandardCharsets.UTF_8);
    var caption = body.path("caption").asText();
    return new Upload(id, "text/plain", content.length, sha256(content), caption);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  Evidence.Piece piece() {
    var checks = new Checks();
    var told = checks.comment("/caption", caption, Checks.CAPTION_CHARS_MAX);
    if (sizeBytes == 0) checks.refuse("/file", "EMPTY");
    checks.done();
    return new Evidence.Piece(evidenceId, mediaType, sizeBytes, sha256, told);
  }
}
