package marketplace.simulation.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.run.RunPlan;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is taught is true: each lesson's story goes as told, and its page leads where it says.
class LessonsTest {
  private static final Pattern NUMBER = Pattern.compile("\\d\\d-(.*)\\.(yaml|md)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

  @TestFactory
  Stream<DynamicTest> goes_as_told_in_memory() {
    return Lessons.all().stream()
        .map(lesson -> DynamicTest.dynamicTest(lesson.name(), () -> play(lesson)));
  }

  private static void play(Scenario lesson) {
    var ids = new SeededIds(7);
    var market = new MemoryMarket(RunPlan.USUAL_START, ids);
    var runner = new ScenarioRunner(new MemoryWorld(market), market.catalogue(), ids);
    var performance = runner.play(lesson);
    assertThat(performance.passed()).as(performance.report()).isTrue();
  }

  @Test
  void every_story_has_a_page_of_its_name_and_every_page_a_story() {
    var stories = Lessons.files(".yaml").stream().map(LessonsTest::nameOf).toList();
    assertThat(stories)
        .hasSize(8)
        .isEqualTo(Lessons.all().stream().map(Scenario::name).toList())
        .isEqualTo(
            Lessons.files(".md").stream()
                .filter(page -> !page.endsWith("README.md"))
                .map(LessonsTest::nameOf)
                .toList());
  }

  private static String nameOf(Path file) {
    return NUMBER.matcher(file.getFileName().toString()).replaceFirst("$1");
  }

  @Test
  void every_link_leads_to_a_file() {
    for (var page : Lessons.files(".md")) {
      assertThat(LINK.matcher(Lessons.text(page)).results().map(MatchResult::group).distinct())
          .as("links of %s", page)
          .isNotEmpty();
      assertThat(LINK.matcher(Lessons.text(page)).results().map(link -> link.group(1)))
          .as("links of %s", page)
          .allSatisfy(link -> assertThat(Lessons.FOLDER.resolve(link)).exists());
    }
  }
}
