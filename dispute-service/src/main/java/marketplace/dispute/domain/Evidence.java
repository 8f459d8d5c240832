package marketplace.dispute.domain;

import java.time.Instant;
import marketplace.kernel.CaseParty;
import marketplace.kernel.EvidenceId;

/// A piece of evidence on file. Its content is kept elsewhere; the hash says which it was.
public record Evidence(Piece piece, CaseParty by, Instant addedAt) {
  public static final int PIECES_MAX = 20;

  /// @param mediaType as recognised from the content
  public record Piece(
      EvidenceId evidenceId, String mediaType, int sizeBytes, String sha256, String caption) {}
}
