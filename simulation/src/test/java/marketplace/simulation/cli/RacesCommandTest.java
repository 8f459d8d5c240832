package marketplace.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RacesCommandTest {

  @Test
  void prints_outcomes_and_every_order_of_the_actions() {
    var printed = Printed.well("races", "--given", "requested", "--actions", "ship,approve");
    assertThat(printed)
        .contains(
            "      1  SHIPPED            SHIPPED      NONE     NONE                50.00     0.00  "
                + "   0.00     50.00")
        .contains("ship, approve*REQUEST_CLOSED  ->  SHIPPED/SHIPPED")
        .contains("approve, ship*UNITS_NOT_OPEN  ->  CANCELLED/APPROVED/FULL");
  }

  @Test
  void prints_the_whole_result_as_json() {
    var printed =
        Server.json(Printed.well("races", "--given", "paid", "--actions", "ship", "--json"));
    assertThat(printed.at("/orders/0/end/order").asText()).isEqualTo("SHIPPED");
  }

  @Test
  void fails_for_what_it_does_not_know() {
    assertThat(Printed.refused("races", "--given", "paid", "--actions", "fly")).contains("fly");
    assertThat(Printed.refused("races", "--given", "paid", "--actions", "ship", "--at-once", "2"))
        .contains("--at-once needs --live");
  }
}
