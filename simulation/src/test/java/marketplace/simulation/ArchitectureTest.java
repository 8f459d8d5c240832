package marketplace.simulation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String[] SERVICES = {
    "marketplace.order..", "marketplace.seller..", "marketplace.refund..", "marketplace.dispute.."
  };

  private final JavaClasses simulation =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("marketplace.simulation");

  @Test
  void no_rule_of_the_marketplace_is_known_here_but_to_the_world_in_memory_which_runs_them() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("marketplace.simulation.memory..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SERVICES)
            .because("live it speaks HTTP and Kafka only"));
  }

  @Test
  void the_world_in_memory_takes_the_services_as_they_are() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching(
                "marketplace\\.(order|seller|refund|dispute)\\..*(Decider|Reactions|Command|Event)")
            .because("a rule that the simulation calls by itself is one that it could bend"));
  }

  @Test
  void a_life_in_memory_has_neither_a_clock_nor_chance_of_its_own() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "marketplace.simulation.memory..",
                "marketplace.simulation.lives..",
                "marketplace.simulation.journal..",
                "marketplace.simulation.scenario..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("the same seed is the same life"));
  }

  private void check(ArchRule rule) {
    rule.check(simulation);
  }
}
