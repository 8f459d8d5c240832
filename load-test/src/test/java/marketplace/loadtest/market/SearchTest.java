package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTest {
  private final List<Double> tried = new ArrayList<>();

  /// A market that holds this many a second with p99 under 200 ms.
  private Search market(double holds) {
    return new Search(
        rate -> {
          tried.add(rate);
          return SummaryTest.summary(rate, rate <= holds ? 50 : 500, 1.0);
        },
        200);
  }

  @Test
  void tries_what_it_was_told_and_halves_the_rest() throws InterruptedException {
    var search = market(290);
    search.look(List.of(100.0, 200.0, 400.0));
    assertThat(tried).containsExactly(100.0, 200.0, 400.0, 300.0, 250.0, 275.0);
    assertThat(search.report())
        .contains("held with p99 under 200 ms: 275 commands/s")
        .contains("| 300 | no | 50 | 500 |");
  }

  @Test
  void goes_on_where_all_were_held() throws InterruptedException {
    market(450).look(List.of(100.0));
    assertThat(tried).containsExactly(100.0, 200.0, 400.0, 800.0, 600.0, 500.0, 450.0);
  }

  @Test
  void holds_nothing_that_is_not_settled() throws InterruptedException {
    var search = new Search(rate -> SummaryTest.summary(rate, 50, null), 200);
    search.look(List.of(100.0));
    assertThat(search.report()).contains("No rate was held");
  }

  @Test
  void does_not_look_for_next_to_nothing() throws InterruptedException {
    market(0).look(List.of(100.0));
    assertThat(tried).containsExactly(100.0, 50.0, 25.0, 12.0);
  }

  @Test
  void does_not_look_for_nothing_at_all() throws InterruptedException {
    market(0).look(List.of(2.0));
    assertThat(tried).containsExactly(2.0, 1.0);
    tried.clear();
    market(0).look(List.of(4.0));
    assertThat(tried).containsExactly(4.0, 2.0, 1.0);
  }
}
