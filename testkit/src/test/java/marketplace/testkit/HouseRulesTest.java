package marketplace.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A guard that cannot fail guards nothing: each rule is broken once here.
class HouseRulesTest {

  @Test
  void a_default_row_in_domain_is_found(@TempDir Path sources) throws IOException {
    var file = sources.resolve("shop/domain/Rule.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "class Rule {\n  int x = switch (s) {\n    default -> 1;\n  };\n}\n");

    assertThatThrownBy(() -> HouseRules.assertDomainIsTidy(sources))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Rule.java:3");
  }

  @Test
  void floating_point_money_is_found(@TempDir Path sources) throws IOException {
    var file = sources.resolve("shop/domain/Money.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "record Money(double amount) {}\n");

    assertThatThrownBy(() -> HouseRules.assertDomainIsTidy(sources))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void a_service_on_the_class_path_of_another_is_found(@TempDir Path classes) throws IOException {
    var rules = classes.resolve("marketplace/refund/RefundRules.class");
    Files.createDirectories(rules.getParent());
    Files.createFile(rules);

    try (var classPath = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      HouseRules.assertStandsAlone("marketplace.refund", classPath);
      assertThatThrownBy(() -> HouseRules.assertStandsAlone("marketplace.order", classPath))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("no service depends on another");
    }
  }

  @Test
  void wall_time_in_a_service_is_found() {
    var broken = new ClassFileImporter().importPackages("marketplace.testkit.broken");
    var rules = HouseRules.serviceRules("marketplace.testkit.broken");

    assertThatThrownBy(() -> rules.forEach(rule -> rule.allowEmptyShould(true).check(broken)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("time is simulated");
  }
}
