package marketplace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./market up --compose` on machines that lack something for it.
class MarketScriptTest {
  private static final int NO_TOOL = 3;
  private static final int USAGE = 2;

  @TempDir private Path path;

  private record Said(int exitCode, String text) {}

  @Test
  void says_that_there_is_no_engine() throws Exception {
    var said = market("up", "--compose");
    assertThat(said.exitCode()).isEqualTo(NO_TOOL);
    assertThat(said.text())
        .contains("needs Docker with its compose plugin")
        .contains("./market up");
  }

  @Test
  void says_that_the_compose_plugin_is_missing() throws Exception {
    docker("[ \"$1\" != compose ]");
    var said = market("up", "--compose");
    assertThat(said.exitCode()).isEqualTo(NO_TOOL);
    assertThat(said.text()).contains("not its compose plugin");
  }

  @Test
  void says_that_the_engine_does_not_answer() throws Exception {
    docker("[ \"$1\" = compose ] || { echo 'Cannot connect to the Docker daemon' >&2; exit 1; }");
    var said = market("down", "--compose");
    assertThat(said.exitCode()).isEqualTo(NO_TOOL);
    assertThat(said.text()).contains("its engine does not answer", "Cannot connect");
  }

  @Test
  void asks_the_engine_for_the_profiles_and_settings_that_belong_together() throws Exception {
    docker("echo \"$@\"");
    var said = market("down", "--compose");
    assertThat(said.exitCode()).isZero();
    assertThat(said.text())
        .contains("compose --profile observe --profile tools --profile scale down");
  }

  @Test
  void refuses_what_it_does_not_know() throws Exception {
    assertThat(market("up", "--compose", "--profile", "wide").exitCode()).isEqualTo(USAGE);
    assertThat(market("up", "--compose", "--profile").exitCode()).isEqualTo(USAGE);
    assertThat(market("up", "--compose", "--small").exitCode()).isEqualTo(USAGE);
  }

  /// Runs with a path that has nothing on it but what the script needs, and the `docker` of a test.
  private Said market(String... arguments) throws IOException, InterruptedException {
    for (var tool : List.of("dirname", "head", "id")) {
      program(tool, "exec " + found(tool) + " \"$@\"");
    }
    var command =
        Stream.concat(
                Stream.of(found("sh").toString(), DeployFiles.ROOT.resolve("market").toString()),
                Stream.of(arguments))
            .toList();
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PATH", path.toString());
    var process = builder.start();
    var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  private void docker(String script) throws IOException {
    program("docker", script);
  }

  private void program(String name, String script) throws IOException {
    var file = Files.writeString(path.resolve(name), "#!" + found("sh") + "\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path found(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
