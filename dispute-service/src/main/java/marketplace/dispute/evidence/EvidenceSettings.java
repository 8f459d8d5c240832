package marketplace.dispute.evidence;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Where the content of evidence lies.
@ConfigMapping(prefix = "marketplace.evidence")
public interface EvidenceSettings {
  /// Outside the database, and outside of what is served; shared by all instances. Where there is a
  /// bucket, only what is just being sent lies here.
  Path folder();

  /// In its place, a store that speaks S3. None: the folder.
  Optional<Bucket> s3();

  /// A bucket and the way to it.
  interface Bucket {
    String bucket();

    String region();

    /// Put before each name, for a bucket that has other things in it too. A default here would
    /// make everybody have a bucket.
    Optional<String> prefix();

    /// Of another store than Amazon's, whose buckets are then part of the path.
    Optional<URI> endpoint();

    /// Both keys or none: without, the SDK looks where it always does (environment, role).
    Optional<String> accessKey();

    Optional<String> secretKey();
  }
}
