package marketplace.simulation.live;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.messaging.KafkaAccess;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.simulation.SimulationSettings;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.memory.MemoryServices;
import marketplace.simulation.population.Population;
import marketplace.simulation.race.Race;
import marketplace.simulation.race.RaceResult;
import marketplace.simulation.race.Raced;
import marketplace.simulation.race.Races;
import marketplace.simulation.run.RunPlan;
import marketplace.simulation.run.RunResult;
import marketplace.simulation.run.Runs;
import marketplace.simulation.scenario.Performance;
import marketplace.simulation.scenario.Scenario;
import marketplace.simulation.scenario.ScenarioRunner;
import marketplace.simulation.world.Catalogue;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The running marketplace: waits until it is there, then keeps its time and reads along.
@Singleton
public class LiveMarket {
  private static final Logger LOG = Logger.getLogger(LiveMarket.class);
  private static final Duration RETRY_EVERY = Duration.ofMillis(200);
  private static final String POLICY = "policy:";

  /// Of which the events are kept for timelines and invariants.
  private static final int ORDERS_KEPT_MAX = 2_000;

  private static final long POPULATION_RATE = 3600;
  private static final ObjectMapper JSON = ContractJson.mapper();

  private final SimulationSettings settings;
  private final Catalogue catalogue = new Catalogue(MemoryServices.rules());
  private final Services services;
  private final ReentrantLock timeIsMine = new ReentrantLock();
  private final Thread starter = Thread.ofVirtual().name("starter").unstarted(this::connect);
  private volatile @Nullable Connected connected;
  private volatile boolean stopped;

  private record Connected(
      ControlTopic control,
      LiveClock clock,
      LiveJournal journal,
      Injector injector,
      LiveFaults faults) {}

  LiveMarket(SimulationSettings settings) {
    this.settings = settings;
    this.services = new Services(settings.addresses(), catalogue);
  }

  void start(@Observes StartupEvent event) {
    starter.start();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    var it = connected;
    if (it != null) {
      it.clock().keep();
      it.injector().close();
      it.journal().close();
      it.control().close();
    }
    services.close();
  }

  /// Is everybody there, and does time exist?
  public boolean ready() {
    return connected != null;
  }

  public LiveClock clock() {
    return get().clock();
  }

  public Journal journal() {
    return get().journal().upToDate();
  }

  /// All that was told of this key, however long ago.
  public Journal journalOf(UUID key) {
    var journal = journal();
    return journal.isWhole() ? journal : get().journal().readAgain(key);
  }

  public Injector injector() {
    return get().injector();
  }

  public LiveFaults faults() {
    return get().faults();
  }

  /// What the services refused or set aside, newest first.
  public List<JsonNode> rejected(int limit) {
    List<ObjectNode> all = new ArrayList<>();
    services
        .askAll("/v1/simulation/rejected?limit=" + limit)
        .forEach((service, reply) -> {
          if (!reply.isSuccess()) throw new ServiceUnavailableException(service + " is not ready");
          for (var one : reply.body()) all.add(((ObjectNode) one).put("service", service));
        });
    all.sort(Comparator.comparing(LiveMarket::recordedAt).reversed());
    return List.copyOf(all.subList(0, Math.min(limit, all.size())));
  }

  private static Instant recordedAt(JsonNode rejected) {
    return Instant.parse(rejected.path("recordedAt").asText());
  }

  /// What each service found when it rebuilt its views from its streams.
  public SortedMap<String, JsonNode> rebuildAll() {
    SortedMap<String, JsonNode> reports = new TreeMap<>();
    get();
    for (var service : services.names()) {
      var reply = services.tell(service, "/v1/simulation/rebuild", JSON.createObjectNode());
      if (!reply.isSuccess()) throw new ServiceUnavailableException(service + ": " + reply);
      reports.put(service, reply.body());
    }
    return reports;
  }

  public Services services() {
    return services;
  }

  /// Does something with time that nobody else may disturb.
  public <T> T alone(Supplier<T> action) {
    timeIsMine.lock();
    try {
      return action.get();
    } finally {
      timeIsMine.unlock();
    }
  }

  /// Plays a story from the next Monday on, and lets time run on as before.
  public Performance play(Scenario scenario) {
    return alone(() -> {
      var clock = clock();
      var rate = clock.rate();
      clock.run(0);
      goToMonday(clock);
      try {
        return new ScenarioRunner(world(), catalogue, UUID::randomUUID).play(scenario);
      } finally {
        if (rate > 0) clock.run(rate);
      }
    });
  }

  /// Plays a plan from the next Monday on, and lets time run on as before.
  ///
  /// @param flow at which rate time passes meanwhile; 0: step by step
  /// @param goesOn is told how far simulated time has come, and asked whether to go on
  public RunResult run(RunPlan plan, long flow, Predicate<Instant> goesOn) {
    return alone(() -> {
      var it = get();
      var clock = it.clock();
      var rate = clock.rate();
      clock.run(0);
      goToMonday(clock);
      var known = policies().stream().collect(toMap(PolicySet::policyId, policy -> policy));
      Function<String, PolicySet> find = id -> Objects.requireNonNull(known.get(id), id);
      var journal = it.journal().readAlong();
      Supplier<Journal> upToDate =
          () -> {
            it.journal().upToDate();
            return journal;
          };
      try {
        return Runs.play(
            new LiveWorld(services, clock, upToDate, it.injector()),
            plan.at(clock.now()),
            flow,
            find,
            UUID::randomUUID,
            goesOn);
      } finally {
        it.journal().stopReadingAlong(journal);
        if (rate > 0) clock.run(rate);
      }
    });
  }

  /// Plays every order of a race's actions, each from a Monday on, one after the other; or so many
  /// times all of them at once.
  ///
  /// @param atOnce 0 to play them one after the other
  /// @param progress is told how many were played
  public RaceResult race(Race race, int atOnce, IntConsumer progress) {
    return alone(() -> {
      var clock = clock();
      var rate = clock.rate();
      clock.run(0);
      List<Raced> raced = new ArrayList<>();
      try {
        var world = world();
        if (atOnce > 0) {
          while (raced.size() < atOnce) {
            goToMonday(clock);
            raced.add(Races.atOnce(world, catalogue, UUID::randomUUID, race));
            progress.accept(raced.size());
          }
        } else {
          for (var actions : race.orders()) {
            goToMonday(clock);
            raced.add(Races.inOrder(world, catalogue, UUID::randomUUID, race, actions));
            progress.accept(raced.size());
          }
        }
        return Races.live(race, raced);
      } finally {
        if (rate > 0) clock.run(rate);
      }
    });
  }

  private static void goToMonday(LiveClock clock) {
    clock.leapTo(nextMonday(clock.now()));
    clock.awaitQuiet();
  }

  private LiveWorld world() {
    var it = get();
    return new LiveWorld(services, it.clock(), it.journal()::upToDate, it.injector());
  }

  private static Instant nextMonday(Instant now) {
    var today = now.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS);
    var monday = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)).toInstant();
    return monday.isBefore(now) ? monday.plus(Duration.ofDays(7)) : monday;
  }

  // Policies

  public List<PolicySet> policies() {
    List<PolicySet> result = new ArrayList<>(Policies.PRESETS);
    get()
        .control()
        .read()
        .forEach((key, json) -> {
          if (key.startsWith(POLICY)) result.add(JSON.convertValue(json, PolicySet.class));
        });
    return result;
  }

  public void publish(PolicySet policy) {
    JsonNode json = JSON.valueToTree(policy);
    get().control().put(POLICY + policy.policyId(), json);
  }

  private Connected get() {
    var it = connected;
    if (it == null) throw new ServiceUnavailableException("the marketplace is not up yet");
    return it;
  }

  // Start

  /// Time first: the services are not ready before they know it.
  private void connect() {
    try {
      var control = untilItWorks("Kafka", () -> new ControlTopic(kafka()));
      var clock = untilItWorks("the clock", () -> new LiveClock(control, services));
      untilItWorks("the services", this::requireReadyServices);
      clock.awaitEpoch();
      var journal =
          untilItWorks("the topics", () -> new LiveJournal(kafka(), new Journal(ORDERS_KEPT_MAX)));
      connected =
          new Connected(
              control,
              clock,
              journal,
              new Injector(kafka(), clock),
              new LiveFaults(control, services));
      LOG.infof("simulated time goes on at %s", clock.now());
      populate(clock);
      keepTime(clock);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void populate(LiveClock clock) {
    if (settings.population().equals("none")) return;
    var population = new Population(services, clock, settings.populationSeed());
    clock.run(POPULATION_RATE);
    Thread.ofVirtual().name("population").start(() -> population.live(() -> stopped));
  }

  private void keepTime(LiveClock clock) throws InterruptedException {
    while (!stopped) {
      Thread.sleep(LiveClock.SEEN_EVERY);
      try {
        clock.keep();
      } catch (KafkaException e) {
        LOG.warnf("the time is not written down: %s", e.getMessage());
      }
    }
  }

  private boolean requireReadyServices() {
    for (var service : services.names()) {
      if (!services.ask(service, "/q/health/ready").isSuccess()) {
        throw new ServiceUnavailableException(service + " is not ready");
      }
    }
    return true;
  }

  private <T> T untilItWorks(String what, Supplier<T> attempt) throws InterruptedException {
    while (!stopped) {
      try {
        return attempt.get();
      } catch (KafkaException | ServiceUnavailableException e) {
        LOG.debugf("still waiting for %s: %s", what, e.getMessage());
        Thread.sleep(RETRY_EVERY);
      }
    }
    throw new InterruptedException("stopped while waiting for " + what);
  }

  private Map<String, Object> kafka() {
    return KafkaAccess.of(settings.kafka().bootstrapServers(), settings.kafka().clientSettings());
  }
}
