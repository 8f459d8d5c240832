package marketplace.simulation.load;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// Where the program is that makes the load.
@ConfigMapping(prefix = "marketplace.load")
public interface LoadSettings {
  /// Its jar and its libraries; where none are named, no load can be made.
  Optional<String> classPath();

  /// For what each load leaves.
  @WithDefault("target/load")
  Path folder();
}
