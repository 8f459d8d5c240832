package marketplace.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {

  @Test
  void of_the_mechanism_are_never_edited() {
    assertMechanismUnedited();
  }

  @Test
  void that_were_edited_are_noticed(@TempDir Path folder) throws IOException {
    assertMechanismUnedited();
    var edited = Files.readString(resources("service-edge").resolve("edge/V050__webhooks.sql"));
    Files.writeString(folder.resolve("V050__webhooks.sql"), edited + "-- by the way");
    assertThatThrownBy(() -> Migrations.assertUnedited(folder)).hasMessageContaining("promised");
  }

  private static void assertMechanismUnedited() {
    Migrations.assertUnedited(resources("event-sourcing").resolve("event-sourcing"));
    Migrations.assertUnedited(resources("service-edge").resolve("edge"));
  }

  private static Path resources(String module) {
    return Path.of("..", module, "src", "main", "resources", "db");
  }
}
