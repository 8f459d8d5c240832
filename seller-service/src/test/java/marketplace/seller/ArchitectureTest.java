package marketplace.seller;

import marketplace.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void the_service_keeps_its_shape() {
    HouseRules.assertServiceKeepsItsShape("marketplace.seller");
  }
}
