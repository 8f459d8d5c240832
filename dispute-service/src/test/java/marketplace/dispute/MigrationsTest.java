package marketplace.dispute;

import java.nio.file.Path;
import marketplace.testkit.Migrations;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  @Test
  void are_never_edited() {
    Migrations.assertUnedited(Path.of("src", "main", "resources", "db", "migration"));
  }
}
