package marketplace.dispute.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.EvidenceId;

/// Where the content of evidence lies. It is kept under its id, which is random and says nothing.
public interface EvidenceStore {
  /// The one that the settings name.
  static EvidenceStore of(EvidenceSettings settings) {
    var bucket = settings.s3();
    return bucket.isPresent()
        ? new EvidenceBucket(bucket.get())
        : new EvidenceFolder(settings.folder());
  }

  /// Takes the file over, whole or not at all.
  void keep(EvidenceId id, Path file) throws IOException;

  /// Empty where nothing is kept under this id.
  Optional<InputStream> open(EvidenceId id) throws IOException;

  /// Does nothing where nothing is kept.
  void remove(EvidenceId id) throws IOException;

  /// What has been here since before this instant of wall time.
  List<EvidenceId> keptBefore(Instant wall) throws IOException;
}
