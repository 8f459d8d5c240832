package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private static final RunningPart KAFKA = new RunningPart("kafka", 17, 1_000, 9092);

  @TempDir Path directory;

  private Path path = Path.of("");
  private StateFile file = new StateFile(path);

  @BeforeEach
  void in_a_folder_that_does_not_exist_yet() {
    path = directory.resolve("kept/state.json");
    file = new StateFile(path);
  }

  @Test
  void knows_nothing_before_the_first_start() {
    assertThat(file.read()).isEqualTo(State.NOTHING);
  }

  @Test
  void gives_back_what_was_written() {
    file.change(state -> state.on(new Ports(9080)).with(KAFKA).watchedBy(KAFKA));

    assertThat(new StateFile(path).read())
        .isEqualTo(new State(9080, List.of(KAFKA), List.of(KAFKA)));
  }

  @Test
  void gives_back_how_the_parts_were_started_and_what_was_done_to_them() {
    file.change(state ->
        state
            .with(KAFKA)
            .startedWith(true, true)
            .withInstances(2)
            .told("kafka", State.Told.PAUSED));

    var read = new StateFile(path).read();
    assertThat(read.small()).isTrue();
    assertThat(read.empty()).isTrue();
    assertThat(read.instances()).isEqualTo(2);
    assertThat(read.isTold("kafka", State.Told.PAUSED)).isTrue();
  }

  @Test
  void forgets_further_instances_and_keeps_where_the_first_parts_were() {
    var second = new RunningPart("order-2", 8, 0, 8091);
    file.change(state -> state.with(KAFKA).with(second).withFirstInstancesOnly());

    assertThat(new StateFile(path).read().parts()).containsExactly(KAFKA);
  }

  @Test
  void reads_what_an_earlier_build_has_written() throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "{\"firstPort\": 9080, \"watchers\": [], \"parts\": []}");

    assertThat(file.read()).isEqualTo(new State(9080, List.of(), List.of()));
  }

  @Test
  void replaces_a_part_that_is_started_again() {
    var again = new RunningPart("kafka", 18, 2_000, 9092);
    file.change(state -> state.with(KAFKA));

    file.change(state -> state.with(again));

    assertThat(file.read().parts()).containsExactly(again);
  }

  @Test
  void names_each_process_on_a_line_of_its_own_for_the_script() throws IOException {
    file.change(state -> state.with(KAFKA));

    assertThat(Files.readAllLines(path)).anyMatch(line -> line.strip().equals("\"pid\" : 17,"));
  }

  @Test
  void is_gone_when_everything_has_stopped() {
    file.change(state -> state.with(KAFKA));

    file.forget();

    assertThat(path).doesNotExist();
    assertThat(file.read()).isEqualTo(State.NOTHING);
  }
}
