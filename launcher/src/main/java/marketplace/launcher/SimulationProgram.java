package marketplace.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import marketplace.platform.Loopback;

/// The commands that the simulation understands: it gets them as they were typed.
final class SimulationProgram {
  static final Set<String> COMMANDS =
      Set.of(
          "clock",
          "doctor",
          "experiment",
          "fault",
          "inject",
          "invariants",
          "policy",
          "races",
          "record",
          "rejected",
          "replay",
          "run",
          "scenario",
          "timeline");

  /// Those that work by themselves for longer than they take to start.
  private static final Set<String> WORKING = Set.of("experiment", "races", "replay", "run");

  /// What a world in memory makes is dead soon after: the more room for new objects, the fewer of
  /// them are alive when they are collected, and copied. And most work is over before the compiler
  /// has earned what it costs: with less inlined into each method it has less to do.
  private static final List<String> WORKING_JVM_OPTIONS =
      List.of(
          "-XX:+UseParallelGC",
          "-Xmx2g",
          "-Xmn1500m",
          "-XX:+UseCompactObjectHeaders",
          "-XX:MaxInlineLevel=9",
          "-XX:InlineSmallCode=1200",
          "-XX:FreqInlineSize=160");

  private final Layout layout;
  private final StateFile stateFile;

  SimulationProgram(Layout layout, StateFile stateFile) {
    this.layout = layout;
    this.stateFile = stateFile;
  }

  int run(List<String> arguments) {
    var jar = layout.application(Service.SIMULATION.module());
    if (!Files.exists(jar)) {
      System.err.println("the simulation is not built: " + layout.shown(jar) + " is missing");
      return ExitCode.FAILED;
    }
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        WORKING.contains(arguments.getFirst())
            ? WORKING_JVM_OPTIONS
            : List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-jar", jar.toString(), "cli"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).inheritIO();
    // Whoever names another market in the environment means that one.
    environment().forEach(builder.environment()::putIfAbsent);
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException("cannot start the simulation", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FAILED;
    }
  }

  private Map<String, String> environment() {
    var state = stateFile.read();
    if (state.alive().isEmpty()) return Starter.addresses(Ports.from(System.getenv()));
    var ports = new Ports(state.firstPort());
    var environment = new LinkedHashMap<>(Starter.addresses(ports));
    environment.put("MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS", Loopback.HOST + ":" + ports.kafka());
    if (state.part(RunningPart.POSTGRES).isEmpty()) return environment;
    Service.withDatabase()
        .forEach(service -> {
          var login = Addresses.login(state, service);
          var prefix = "MARKETPLACE_" + service.name() + "_DATABASE_";
          environment.put(prefix + "URL", login.url());
          environment.put(prefix + "USER", login.user());
          environment.put(prefix + "PASSWORD", login.password());
        });
    return environment;
  }
}
