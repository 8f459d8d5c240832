package marketplace.dispute.evidence;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/// Where the content of evidence lies.
@ConfigMapping(prefix = "marketplace.evidence")
public interface EvidenceSettings {
  /// Outside the database, and outside of what is served; shared by all instances.
  Path folder();
}
