package marketplace.dispute.view;

import java.time.Instant;
import java.util.List;
import marketplace.dispute.domain.Evidence;
import marketplace.kernel.CaseParty;
import marketplace.kernel.EvidenceId;

/// A piece of evidence as the parties see it; its content has a path of its own.
public record EvidenceView(
    EvidenceId evidenceId,
    CaseParty by,
    String mediaType,
    int sizeBytes,
    String sha256,
    String caption,
    Instant addedAt) {

  static List<EvidenceView> of(List<Evidence> evidence) {
    return evidence.stream()
        .map(one ->
            new EvidenceView(
                one.piece().evidenceId(),
                one.by(),
                one.piece().mediaType(),
                one.piece().sizeBytes(),
                one.piece().sha256(),
                one.piece().caption(),
                one.addedAt()))
        .toList();
  }
}
