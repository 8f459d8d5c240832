package marketplace.dispute;

import marketplace.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void the_service_keeps_its_shape() {
    HouseRules.assertServiceKeepsItsShape("marketplace.dispute");
  }
}
