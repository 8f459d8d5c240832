package marketplace.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import marketplace.platform.Loopback;

/// `./market load`: a program of its own, with libraries of its own. It gets its arguments as they
/// were typed, and is told where what runs is to be found.
final class LoadProgram {
  static final String COMMAND = "load";

  /// How the simulation is told where the program and its libraries are.
  static final String CLASS_PATH = "MARKETPLACE_LOAD_CLASS_PATH";

  /// Where each load leaves what came of it.
  static final String FOLDER = "MARKETPLACE_LOAD_FOLDER";

  private static final String MAIN = "marketplace.loadtest.market.LoadCommand";

  private final Layout layout;
  private final StateFile stateFile;

  LoadProgram(Layout layout, StateFile stateFile) {
    this.layout = layout;
    this.stateFile = stateFile;
  }

  int run(List<String> arguments) {
    if (!Files.exists(layout.loadTest())) {
      System.err.println("not built: " + layout.shown(layout.loadTest()) + " is missing");
      return ExitCode.FAILED;
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(compiler(arguments));
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            layout.loadTestClassPath(),
            MAIN));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).inheritIO();
    // Whoever names another market in the environment means that one.
    environment().forEach(builder.environment()::putIfAbsent);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot start the load", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  /// Whoever calls a market shares its processors, and the quick compiler takes the fewest of them;
  /// lives in memory have them for themselves.
  private static List<String> compiler(List<String> arguments) {
    var alone = arguments.stream().anyMatch(argument -> argument.startsWith("--bootstrap"));
    return alone ? List.of() : List.of("-XX:TieredStopAtLevel=1");
  }

  private Map<String, String> environment() {
    var state = stateFile.read();
    var ports =
        state.alive().isEmpty() ? Ports.from(System.getenv()) : new Ports(state.firstPort());
    var environment = new LinkedHashMap<>(Starter.addresses(ports));
    Addresses.instances(state.alive())
        .forEach((service, addresses) -> {
          if (addresses.isEmpty()) return;
          environment.put(
              "MARKETPLACE_" + service.toUpperCase(Locale.ROOT) + "_URL",
              String.join(",", addresses));
        });
    environment.put("MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS", Loopback.HOST + ":" + ports.kafka());
    environment.put(FOLDER, layout.loads().toString());
    return environment;
  }
}
