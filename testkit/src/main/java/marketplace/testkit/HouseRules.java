package marketplace.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/// The shape that every service has, as rules that run: see CONTRIBUTING.
public final class HouseRules {
  private static final List<String> SERVICES =
      List.of(
          "marketplace/order/OrderRules.class",
          "marketplace/seller/SellerRules.class",
          "marketplace/refund/RefundRules.class",
          "marketplace/dispute/DisputeRules.class");

  private HouseRules() {}

  /// The classes of a service, without its tests.
  public static JavaClasses classesOf(String rootPackage) {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages(rootPackage);
  }

  /// All rules for a service below `rootPackage`, for example `marketplace.order`.
  public static void assertServiceKeepsItsShape(String rootPackage) {
    var service = classesOf(rootPackage);
    assertThat(service).as("classes below %s", rootPackage).isNotEmpty();
    for (var rule : serviceRules(rootPackage)) rule.allowEmptyShould(true).check(service);
    assertDomainIsTidy(Path.of("src", "main", "java"));
    assertStandsAlone(rootPackage, HouseRules.class.getClassLoader());
  }

  /// What is not on the class path cannot be used, not even by way of another module.
  static void assertStandsAlone(String rootPackage, ClassLoader classPath) {
    for (var other : SERVICES) {
      if (other.startsWith(rootPackage.replace('.', '/') + "/")) continue;
      assertThat(classPath.getResource(other))
          .as("no service depends on another, and %s is on the class path", other)
          .isNull();
    }
  }

  static List<ArchRule> serviceRules(String root) {
    return List.of(
        classes()
            .that()
            .resideInAPackage(root + ".domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                root + ".domain..",
                "marketplace.kernel..",
                "marketplace.eventsourcing..",
                "java..",
                "org.jspecify..",
                "com.fasterxml.jackson.annotation..")
            .because("rules must run in memory, in a test and in production alike"),
        noClasses()
            .that()
            .resideInAnyPackage(root + ".domain..", root + ".view..", root + ".request..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("marketplace.contracts")
            .andShould()
            .dependOnClassesThat()
            .haveNameMatching("marketplace\\.contracts\\..*Message.*")
            .because("only process and messaging know what the services say to each other"),
        noClasses()
            .that()
            .resideInAnyPackage(
                root + ".domain..",
                root + ".process..",
                root + ".messaging..",
                root + ".view..",
                root + ".request..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.quarkus..", "jakarta..", "java.sql..", "javax.sql..", root + ".api..")
            .because("these go into the rules jar, which the simulation runs in memory"),
        noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("time is simulated and comes in with the call"),
        noClasses()
            .that()
            .resideOutsideOfPackage(root + ".api..")
            .should()
            .callMethod(UUID.class, "randomUUID")
            .because("ids come from the injected source, or follow from others"));
  }

  /// What only the source shows: a `default ->` hides the state that a new event forgot, and a
  /// floating-point number loses cents.
  static void assertDomainIsTidy(Path sources) {
    var untidy = Pattern.compile("\\bdefault\\s*->|\\b(double|float|Double|Float)\\b");
    try (var files = Files.walk(sources)) {
      for (var file : files.filter(HouseRules::isDomainSource).toList()) {
        var lineNumber = 0;
        for (var line : Files.readAllLines(file)) {
          lineNumber++;
          var code = line.strip();
          if (code.startsWith("//")) continue;
          assertThat(untidy.matcher(code).find())
              .as("%s:%d has a default row or a floating-point number: %s", file, lineNumber, code)
              .isFalse();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDomainSource(Path file) {
    var path = file.toString().replace('\\', '/');
    return path.endsWith(".java") && path.contains("/domain/");
  }
}
