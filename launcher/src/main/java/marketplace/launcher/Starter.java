package marketplace.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import marketplace.platform.Database;
import marketplace.platform.KafkaBroker;
import marketplace.platform.Loopback;
import marketplace.platform.PostgresServer;

/// Starts the parts, each as a process that does not end with us.
final class Starter {
  private static final Duration READY_MAX = Duration.ofMinutes(3);
  private static final Duration PROBE_MAX = Duration.ofSeconds(2);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(PROBE_MAX).build();

  /// For those who measure: options of the services' JVMs, after ours.
  private static final String MORE_JVM_OPTIONS = "MARKET_JVM_OPTIONS";

  /// Quick to start and small; the last word on speed is said elsewhere.
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xss512k",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  /// What the JVMs do about their caches.
  enum Caches {
    USED,
    RECORDED
  }

  private final Layout layout;
  private final StateFile stateFile;
  private final Screen screen;
  private final Ports ports;
  private final boolean small;
  private final Caches caches;
  private final CountDownLatch postgresUp = new CountDownLatch(1);
  private final Object postgresStart = new Object();
  private volatile boolean stopped;

  Starter(Layout layout, StateFile stateFile, Screen screen, Ports ports, boolean small) {
    this(layout, stateFile, screen, ports, small, Caches.USED);
  }

  Starter(
      Layout layout,
      StateFile stateFile,
      Screen screen,
      Ports ports,
      boolean small,
      Caches caches) {
    this.layout = layout;
    this.stateFile = stateFile;
    this.screen = screen;
    this.ports = ports;
    this.small = small;
    this.caches = caches;
  }

  /// Starts whatever does not run, and waits until everything is ready. The services need
  /// PostgreSQL from their first moment; for Kafka they wait by themselves.
  void startMissing(boolean population) {
    var starts = new ArrayList<Callable<String>>();
    if (runs(RunningPart.POSTGRES)) {
      postgresUp.countDown();
    } else {
      starts.add(this::startPostgres);
    }
    if (!runs(RunningPart.KAFKA)) {
      starts.add(this::startKafka);
    }
    var instances = stateFile.read().instances();
    for (var service : Service.values()) {
      service
          .parts(instances)
          .forEach(name ->
              starts.add(() -> runs(name) ? awaitRunning(name) : startService(name, population)));
    }
    screen.expect(starts.size());
    together(starts);
  }

  /// One more of a service that runs already.
  void startSecond(Service service, String name, int port) {
    startApplication(name, service, port, serviceEnvironment(service, port));
  }

  /// One that has run before, where it ran before.
  void startAgain(RunningPart part, boolean population) {
    if (runs(RunningPart.POSTGRES)) {
      postgresUp.countDown();
    }
    switch (part.name()) {
      case RunningPart.POSTGRES -> startPostgres();
      case RunningPart.KAFKA -> startKafka();
      default -> startAgain(part, Service.of(part.name()), population);
    }
  }

  private void startAgain(RunningPart part, Service service, boolean population) {
    if (service.hasDatabase() && postgresUp.getCount() > 0) {
      throw new PartFailedException(
          part.name() + " needs PostgreSQL: ./market start postgres", layout.log(part.name()));
    }
    var environment =
        service.hasDatabase()
            ? serviceEnvironment(service, part.port())
            : simulationEnvironment(part.port(), population);
    startApplication(part.name(), service, part.port(), environment);
  }

  /// From here on nothing is started: whoever stops the parts has seen them all.
  void stopStarting() {
    // PostgreSQL comes up with processes of its own: only when it is up do we know which.
    synchronized (postgresStart) {
      synchronized (this) {
        stopped = true;
      }
    }
  }

  private boolean runs(String name) {
    return stateFile.read().part(name).filter(RunningPart::alive).isPresent();
  }

  private void together(List<Callable<String>> starts) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    var started = new ExecutorCompletionService<String>(threads);
    try {
      starts.forEach(started::submit);
      for (var _ : starts) {
        started.take().get();
      }
    } catch (ExecutionException e) {
      screen.giveUp();
      if (e.getCause() instanceof PartFailedException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private String startPostgres() {
    var label = "PostgreSQL " + PostgresServer.VERSION;
    screen.waitFor(label);
    var begin = System.nanoTime();
    var log = newLog(RunningPart.POSTGRES);
    try {
      var server = runPostgres(log);
      Service.withDatabase()
          .forEach(service -> server.createDatabase(service.database(), service.id()));
      postgresUp.countDown();
      screen.ready(label, since(begin), Loopback.HOST + ":" + server.port());
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new PartFailedException("PostgreSQL does not start: " + e.getMessage(), log);
    }
    return label;
  }

  /// Never closed: it outlives us, and is stopped by its process id.
  private PostgresServer runPostgres(Path log) {
    synchronized (postgresStart) {
      requireStarting(log);
      var server = PostgresServer.at(layout.data(RunningPart.POSTGRES), postgresPort(), log);
      remember(RunningPart.of(RunningPart.POSTGRES, server.pid(), server.port()));
      return server;
    }
  }

  private void requireStarting(Path log) {
    if (stopped) {
      throw new PartFailedException("not started any more", log);
    }
  }

  /// A moved port stays the same for those who know it already.
  private int postgresPort() {
    var wanted =
        stateFile.read().part(RunningPart.POSTGRES).map(RunningPart::port).orElse(Ports.POSTGRES);
    return Loopback.isFree(wanted) ? wanted : Loopback.freePort();
  }

  private String startKafka() {
    var label = "Kafka " + KafkaBroker.VERSION;
    var command =
        java(
            RunningPart.KAFKA,
            layout.launcher(),
            small ? 160 : 256,
            List.of(
                "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n",
                "-cp",
                layout.classPath(),
                KafkaBroker.class.getName(),
                layout.data(RunningPart.KAFKA).toString(),
                String.valueOf(ports.kafka())));
    startProcess(
        RunningPart.KAFKA,
        label,
        Loopback.HOST + ":" + ports.kafka(),
        ports.kafka(),
        command,
        Map.of(),
        () -> answersOn(ports.kafka()));
    return label;
  }

  private String startService(String name, boolean population) throws InterruptedException {
    var service = Service.of(name);
    if (service.hasDatabase()) {
      postgresUp.await();
    }
    var port = Service.port(name, ports);
    var environment =
        service.hasDatabase()
            ? serviceEnvironment(service, port)
            : simulationEnvironment(port, population);
    return startApplication(name, service, port, environment);
  }

  private Map<String, String> serviceEnvironment(Service service, int port) {
    var database =
        new Database(
            service.database(),
            service.id(),
            stateFile.read().part(RunningPart.POSTGRES).orElseThrow().port());
    var environment = commonEnvironment(port);
    environment.put("MARKETPLACE_DATABASE_URL", database.url());
    if (service == Service.DISPUTE) {
      environment.put("MARKETPLACE_EVIDENCE_FOLDER", layout.data("evidence").toString());
    }
    environment.put("MARKETPLACE_SIMULATION_ENABLED", "true");
    // Whoever has a server of his own names it in the environment, which is handed on.
    if (System.getenv("MARKETPLACE_MAIL_HOST") == null) {
      environment.put("MARKETPLACE_MAIL_HOST", Loopback.HOST);
      environment.put("MARKETPLACE_MAIL_PORT", String.valueOf(ports.mail()));
    }
    return environment;
  }

  private Map<String, String> simulationEnvironment(int port, boolean population) {
    var environment = commonEnvironment(port);
    environment.putAll(addresses(ports));
    environment.put("MARKETPLACE_POPULATION", population ? "first-day" : "none");
    environment.put("MARKETPLACE_MAILBOX_PORT", String.valueOf(ports.mail()));
    environment.put(LoadProgram.CLASS_PATH, layout.loadTestClassPath());
    environment.put(LoadProgram.FOLDER, layout.loads().toString());
    // So that it can be asked to stop and start the others.
    environment.put("MARKETPLACE_LAUNCHER", layout.script().toString());
    return environment;
  }

  private Map<String, String> commonEnvironment(int port) {
    var environment = new LinkedHashMap<String, String>();
    environment.put("MARKETPLACE_KAFKA_BOOTSTRAP_SERVERS", Loopback.HOST + ":" + ports.kafka());
    environment.put("QUARKUS_HTTP_HOST", Loopback.HOST);
    environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
    return environment;
  }

  /// Where the applications are, as the simulation is told.
  static Map<String, String> addresses(Ports ports) {
    var addresses = new LinkedHashMap<String, String>();
    for (var service : Service.values()) {
      addresses.put("MARKETPLACE_" + service.name() + "_URL", Addresses.http(service.port(ports)));
    }
    return addresses;
  }

  private String startApplication(
      String name, Service service, int port, Map<String, String> environment) {
    var jar = layout.application(service.module());
    if (!Files.exists(jar)) {
      throw new PartFailedException(
          "%s is not built: %s is missing".formatted(service.module(), layout.shown(jar)),
          layout.log("build"));
    }
    var label = labelOf(name);
    startProcess(
        name,
        label,
        Addresses.http(port),
        port,
        java(service.id(), jar, small ? 96 : 128, List.of("-jar", jar.toString())),
        environment,
        () -> isReady(port));
    return label;
  }

  private List<String> java(String program, Path jar, int heapMb, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    cacheOption(layout.cache(program), jar).ifPresent(command::add);
    command.add("-Xmx" + heapMb + "m");
    Stream.of(System.getenv().getOrDefault(MORE_JVM_OPTIONS, "").strip().split("\\s+"))
        .filter(option -> !option.isEmpty())
        .forEach(command::add);
    command.addAll(arguments);
    return command;
  }

  /// With classes that are loaded and linked already a service starts in half the time. Of a jar
  /// that was built since, the cache knows nothing.
  private Optional<String> cacheOption(Path cache, Path jar) {
    if (caches == Caches.RECORDED) {
      return Optional.of("-XX:AOTCacheOutput=" + cache);
    }
    var known = cache.toFile().lastModified() > jar.toFile().lastModified();
    return known ? Optional.of("-XX:AOTCache=" + cache) : Optional.empty();
  }

  private void startProcess(
      String name,
      String label,
      String address,
      int port,
      List<String> command,
      Map<String, String> environment,
      BooleanSupplier ready) {
    var log = newLog(name);
    await(spawn(name, port, command, environment, log), label, address, ready, log);
  }

  /// A service that has outlived its database or its broker needs a moment to find them again.
  private String awaitRunning(String name) {
    var part = stateFile.read().part(name).orElseThrow();
    var label = labelOf(name);
    await(part, label, Addresses.http(part.port()), () -> isReady(part.port()), layout.log(name));
    return label;
  }

  /// The first one is called as its module, a further one by its own name.
  private static String labelOf(String name) {
    var service = Service.of(name);
    return name.equals(service.id()) ? service.module() : name;
  }

  private void await(
      RunningPart part, String label, String address, BooleanSupplier ready, Path log) {
    screen.waitFor(label);
    var begin = System.nanoTime();
    while (!ready.getAsBoolean()) {
      if (!part.alive()) {
        throw new PartFailedException(label + " has died while starting", log);
      }
      if (since(begin).compareTo(READY_MAX) > 0) {
        throw new PartFailedException(
            "%s is not ready after %d s".formatted(label, READY_MAX.toSeconds()), log);
      }
      screen.tick();
      part.pause();
    }
    screen.ready(label, since(begin), address);
  }

  /// The shell in between makes the process deaf to Ctrl-C and to the closing of the terminal,
  /// which reach all processes there: it is for us to stop the parts, in order.
  private synchronized RunningPart spawn(
      String name, int port, List<String> command, Map<String, String> environment, Path log) {
    requireStarting(log);
    var deaf = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    deaf.addAll(command);
    var builder =
        new ProcessBuilder(deaf)
            .directory(layout.home().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    // Memory that the C library keeps for each thread and never uses.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    try {
      return remember(RunningPart.of(name, builder.start().pid(), port));
    } catch (IOException e) {
      throw new PartFailedException(name + " does not start: " + e.getMessage(), log);
    }
  }

  private RunningPart remember(RunningPart part) {
    stateFile.change(state -> state.with(part));
    return part;
  }

  /// The log of the run before stays beside it: it may tell why this start was needed.
  private Path newLog(String name) {
    var log = layout.log(name);
    try {
      Files.createDirectories(log.getParent());
      if (Files.exists(log)) {
        Files.move(log, layout.log(name + ".before"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static boolean answersOn(int port) {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral(Loopback.HOST), port),
          (int) PROBE_MAX.toMillis());
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  static boolean isReady(int port) {
    var request =
        HttpRequest.newBuilder(URI.create(Addresses.http(port) + "/q/health/ready"))
            .timeout(PROBE_MAX)
            .build();
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
