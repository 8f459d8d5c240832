package marketplace.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import marketplace.launcher.Preflight.Obstacle;
import marketplace.launcher.State.Told;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts everything, or what is missing of it.
@Command(name = "up")
final class Up implements Callable<Integer> {
  @Option(names = "--wait", description = "return when all is ready, and leave it running")
  private boolean detached;

  @Option(names = "--json", description = "print the addresses as one JSON object")
  private boolean json;

  @Option(names = "--small", description = "with less memory")
  private boolean small;

  @Option(names = "--no-population", description = "nobody buys by himself")
  private boolean empty;

  @Option(names = "--instances", description = "so many of each service")
  private int instances = 1;

  /// How often it is looked for parts that others have started.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Layout layout;
  private final StateFile stateFile;
  private final AtomicBoolean stopping = new AtomicBoolean();

  Up(Layout layout, StateFile stateFile) {
    this.layout = layout;
    this.stateFile = stateFile;
  }

  @Override
  public Integer call() {
    if (instances < 1 || instances > Service.INSTANCES_MAX) {
      System.err.printf(
          "--instances must be from 1 to %d, was %d%n", Service.INSTANCES_MAX, instances);
      return ExitCode.USAGE;
    }
    var screen = new Screen(json ? System.err : System.out);
    resumePaused();
    stateFile.change(this::withInstances);
    var state = stateFile.read();
    var running = state.alive();
    if (missing(state).isEmpty()) {
      screen.line(
          "market is already running (process %d): %s"
              .formatted(
                  state.watcher().orElse(running.getLast()).pid(),
                  Addresses.of(state).simulation()));
      printJson();
      return ExitCode.OK;
    }
    if (state.watcher().isPresent() && isOnPurpose(missing(state), state)) {
      return startAgain(state, screen);
    }
    if (state.watcher().isPresent()) {
      screen.line(
          "market is starting or stopping (process %d)".formatted(state.watcher().get().pid()));
      return ExitCode.FAILED;
    }
    var ports = running.isEmpty() ? Ports.from(System.getenv()) : new Ports(state.firstPort());
    var obstacle = obstacle(ports, state);
    if (obstacle.isPresent()) {
      System.err.println(obstacle.get().text());
      return obstacle.get().exitCode();
    }
    stateFile.change(before -> before.on(ports).watchedBy(thisProcess()));
    if (running.isEmpty()) stateFile.change(before -> before.startedWith(small, empty));
    return start(ports, screen, running.isEmpty());
  }

  /// There may be more of them, but of those that run none goes. Where all have gone without a
  /// word, further ones of then are not waited for.
  private State withInstances(State before) {
    return before.alive().isEmpty()
        ? before.withFirstInstancesOnly().withInstances(instances)
        : before.withInstances(Math.max(instances, before.instances()));
  }

  private void resumePaused() {
    var state = stateFile.read();
    for (var part : state.alive()) {
      if (state.isTold(part.name(), Told.PAUSED)) {
        Signals.resume(part);
        stateFile.change(before -> before.told(part.name(), null));
      }
    }
  }

  private static boolean isOnPurpose(List<String> missing, State state) {
    return missing.stream().allMatch(name -> state.isTold(name, Told.STOPPED));
  }

  /// What was stopped under the eyes of another terminal, which goes on watching over it.
  private int startAgain(State state, Screen screen) {
    try {
      new Starter(layout, stateFile, screen, new Ports(state.firstPort()), state.small())
          .startMissing(!state.empty());
      printJson();
      return ExitCode.OK;
    } catch (PartFailedException e) {
      report(e);
      return ExitCode.FAILED;
    }
  }

  private Optional<Obstacle> obstacle(Ports ports, State state) {
    var wanted =
        missing(state).stream()
            .filter(name -> !name.equals(RunningPart.POSTGRES))
            .map(name -> name.equals(RunningPart.KAFKA) ? ports.kafka() : Service.port(name, ports))
            .toList();
    var memory =
        state.alive().isEmpty() ? Preflight.memory(small, instances) : Optional.<Obstacle>empty();
    return memory.or(() -> Preflight.takenPort(ports, wanted));
  }

  /// What is not there of all that belongs to a market.
  private static List<String> missing(State state) {
    return Stream.concat(
            Stream.of(RunningPart.POSTGRES, RunningPart.KAFKA),
            Stream.of(Service.values()).flatMap(service -> service.parts(state.instances())))
        .filter(name -> state.part(name).filter(RunningPart::alive).isEmpty())
        .toList();
  }

  private int start(Ports ports, Screen screen, boolean fromNothing) {
    var starter = new Starter(layout, stateFile, screen, ports, small);
    var stopper = new Stopper(layout, stateFile, screen);
    var hook = new Thread(() -> stop(starter, stopper, screen), "market-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    screen.line(headline());
    try {
      starter.startMissing(!empty);
      printScreen(screen);
      printJson();
      if (!detached) {
        throw firstToDie();
      }
      Runtime.getRuntime().removeShutdownHook(hook);
      stateFile.change(State::watchedByNobody);
      return ExitCode.OK;
    } catch (PartFailedException e) {
      screen.giveUp();
      // While we stop, each part ends in its turn: nothing has failed then.
      if (!stopping.get()) {
        report(e);
      }
      if (!fromNothing && detached) {
        // What ran before we came stays as it is.
        Runtime.getRuntime().removeShutdownHook(hook);
        stateFile.change(State::watchedByNobody);
      }
      return ExitCode.FAILED;
    }
  }

  /// Runs when this process ends, for whatever reason.
  private void stop(Starter starter, Stopper stopper, Screen screen) {
    stopping.set(true);
    SecondInterrupt.runs(stopper::killAll);
    starter.stopStarting();
    screen.giveUp();
    screen.line("stopping (Ctrl-C again kills)");
    stopper.stopAll();
  }

  /// Who was stopped on purpose has not died, and comes back as another process.
  private PartFailedException firstToDie() {
    while (true) {
      var state = stateFile.read();
      for (var part : state.parts()) {
        if (state.condition(part).equals("dead")) {
          return new PartFailedException(label(part) + " has died", layout.log(part.name()));
        }
      }
      awaitAnyEnd(state.alive());
    }
  }

  private static void awaitAnyEnd(List<RunningPart> parts) {
    var ends = parts.stream().map(Up::end).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.anyOf(ends).get(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return; // all live: look whether others have come
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static CompletableFuture<RunningPart> end(RunningPart part) {
    return part.process()
        .map(process -> process.onExit().thenApply(_ -> part))
        .orElseGet(() -> CompletableFuture.completedFuture(part));
  }

  private static String label(RunningPart part) {
    return Service.named(part.name()).map(Service::module).orElse(part.name());
  }

  private void report(PartFailedException failed) {
    System.err.println(failed.getMessage() + ". The end of its log:");
    LogTail.of(failed.log()).forEach(line -> System.err.println("  " + line));
    System.err.println("The whole log: " + layout.shown(failed.log()));
  }

  private static RunningPart thisProcess() {
    return RunningPart.of("market", ProcessHandle.current().pid(), 0);
  }

  private String headline() {
    var memory =
        Preflight.freeMemoryMb().stream()
            .mapToObj(mb -> String.format(Locale.ROOT, "  ·  %.1f GB free", mb / 1024.0))
            .findFirst()
            .orElse("");
    return "market 1.0  ·  JDK %s%s  ·  data in %s"
        .formatted(System.getProperty("java.version"), memory, layout.shown(layout.kept()));
  }

  private void printJson() {
    if (json) {
      new PrintStream(System.out, true).println(Addresses.of(stateFile.read()).json());
    }
  }

  private void printScreen(Screen screen) {
    var addresses = Addresses.of(stateFile.read());
    var lines =
        """
         population         %s

         Orders       %s/q/swagger-ui      Sellers      %s/q/swagger-ui
         Refunds      %s/q/swagger-ui      Disputes     %s/q/swagger-ui
         Simulation   %s/q/swagger-ui
         Kafka        %s   topics: order.events.v1 seller.events.v1 refund.events.v1 dispute.events.v1
         PostgreSQL   psql postgresql://order_reader:market@127.0.0.1:%d/order_service
         Try:  kcat -b %s -t refund.events.v1 -C -o end        %s
        """
            .formatted(
                empty ? "none" : "first-day, ×3600",
                addresses.order(),
                addresses.seller(),
                addresses.refund(),
                addresses.dispute(),
                addresses.simulation(),
                addresses.kafka(),
                stateFile.read().part(RunningPart.POSTGRES).orElseThrow().port(),
                addresses.kafka(),
                detached ? "./market down stops everything." : "Ctrl-C stops everything.");
    lines.lines().forEach(screen::line);
    if (stateFile.read().instances() > 1) {
      addresses
          .instances()
          .forEach(
              (service, of) -> screen.line(" %-12s %s".formatted(service, String.join("  ", of))));
    }
  }
}
