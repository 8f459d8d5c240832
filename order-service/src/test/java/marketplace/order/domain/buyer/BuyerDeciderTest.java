package marketplace.order.domain.buyer;

import static marketplace.order.domain.OrderFixtures.after;

import marketplace.order.domain.buyer.BuyerCommand.EraseData;
import marketplace.order.domain.buyer.BuyerEvent.DataErased;
import marketplace.testkit.DeciderFixture;
import org.junit.jupiter.api.Test;

class BuyerDeciderTest {
  private static final DeciderFixture<BuyerCommand, BuyerData, BuyerEvent, Void> BUYER =
      DeciderFixture.of(new BuyerDecider());

  @Test
  void whoever_asks_to_be_forgotten_is() {
    BUYER.given().when(new EraseData(), after(1)).thenEmits(new DataErased(after(1)));
  }

  @Test
  void and_again_when_he_has_ordered_again() {
    var erased = BUYER.given(new DataErased(after(1)));
    erased.thenNoDeadline();
    erased.when(new EraseData(), after(2)).thenEmits(new DataErased(after(2)));
  }
}
