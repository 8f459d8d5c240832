package marketplace.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import marketplace.simulation.document.DocumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFilesTest {
  private static final String STORY =
      """
      name: small
      title: A small story
      given:
        products:
          CUP: {priceMinor: 1234}
        orders:
          A: {lines: {CUP: 1}}
      steps:
        - at: +1h
          as: buyer
          do: getOrder
          order: A
      finally:
        at: +2h
      """;

  @Test
  void every_story_of_the_index_is_there_and_keeps_to_the_schema() {
    assertThat(ScenarioFiles.all())
        .extracting(Scenario::name)
        .isEqualTo(ScenarioFiles.names())
        .hasSize(22);
  }

  @ParameterizedTest
  @CsvSource({
    "seller-approves, seller-approves",
    "S02, seller-approves",
    "s02, seller-approves",
    "S07b, partial-refund-offer-b",
    "S07, partial-refund-offer-a partial-refund-offer-b",
    "partial-refund-offer, partial-refund-offer-a partial-refund-offer-b",
    "goodwill-and-inquiry, goodwill-and-inquiry"
  })
  void a_story_is_found_by_name_number_or_part(String wanted, String names) {
    assertThat(ScenarioFiles.find(wanted))
        .extracting(Scenario::name)
        .containsExactly(names.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "S16, no such scenario: S16",
    "S, no such scenario: S",
    "S07, partial-refund-offer-b"
  })
  void what_is_not_one_story_is_told(String wanted, String message) {
    assertThatThrownBy(() -> ScenarioFiles.findOne(wanted))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_story_is_read_with_what_it_leaves_to_be_understood() {
    var story = ScenarioFiles.parse("small.yaml", STORY);
    assertThat(story.policy()).isEqualTo("STANDARD_72H");
    assertThat(story.given().orders().values())
        .allSatisfy(order -> assertThat(order.paid()).isTrue());
    assertThat(story.steps()).hasSize(1);
  }

  @Test
  void a_mistake_is_shown_with_file_line_and_path() {
    assertThatThrownBy(
            () -> ScenarioFiles.parse("small.yaml", STORY.replace("as: buyer", "as: byer")))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("small.yaml:10: /steps/0/as: ");
    assertThatThrownBy(
            () -> ScenarioFiles.parse("small.yaml", STORY.replace("at: +2h", "at: later")))
        .hasMessageStartingWith("small.yaml:14: /finally/at: ");
    assertThatThrownBy(
            () -> ScenarioFiles.parse("small.yaml", STORY.replace("order: A", "oder: A")))
        .hasMessage("small.yaml:12: /steps/0/oder: is not known here");
    assertThatThrownBy(() -> ScenarioFiles.parse("small.yaml", STORY.replace("name: small", "")))
        .hasMessageEndingWith("/name: is missing");
  }

  @Test
  void what_is_no_yaml_is_shown_with_its_line() {
    assertThatThrownBy(() -> ScenarioFiles.parse("small.yaml", "name: small\n\tt: x\n"))
        .isInstanceOf(DocumentException.class)
        .hasMessageStartingWith("small.yaml:2: ");
    assertThatThrownBy(() -> ScenarioFiles.parse("small.yaml", ""))
        .hasMessage("small.yaml:1: the file is empty");
  }

  @Test
  void a_name_that_stands_twice_is_a_mistake() {
    assertThatThrownBy(() -> ScenarioFiles.parse("small.yaml", STORY + "title: again\n"))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("title");
  }
}
