package marketplace.dispute.evidence;

import java.nio.file.Path;
import java.util.Optional;

/// A service without a bucket, as far as it keeps evidence.
final class FolderOnly {
  private FolderOnly() {}

  public static void main(String[] arguments) throws Exception {
    var settings =
        new EvidenceSettings() {
          @Override
          public Path folder() {
            return Path.of(arguments[0]);
          }

          @Override
          public Optional<Bucket> s3() {
            return Optional.empty();
          }
        };
    var store = EvidenceStore.of(settings);
    if (!store.keptBefore(java.time.Instant.MAX).isEmpty()) throw new AssertionError("not empty");
  }
}
