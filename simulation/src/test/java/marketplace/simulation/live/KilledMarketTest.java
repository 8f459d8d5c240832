package marketplace.simulation.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.journal.OrderAccount;
import marketplace.simulation.live.InsistentPeople.Asked;
import marketplace.simulation.live.Proof.Invariant;
import marketplace.simulation.live.StoresAndTopics.Count;
import marketplace.simulation.population.Population;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A market with people in it, as it is built and on durable servers, of which one process after
/// the other is killed: each service, either instance of one that has two, the broker, the
/// database. Then everybody is left to come to an end, and all is compared with all.
///
/// `-Dkill.rounds=20` kills each of them so often, `-Dkill.seed=7` repeats a run.
@Tag("kills")
class KilledMarketTest {
  private static final int ROUNDS = Integer.getInteger("kill.rounds", 1);
  private static final long SEED = Long.getLong("kill.seed", 20_260_105L);

  private static final String SHARED = "seller";
  private static final String SECOND = RunningServices.secondOf(SHARED);
  private static final String KAFKA = "kafka";
  private static final String POSTGRES = "postgres";

  /// A simulated hour in a quarter of a second: who is asked for an answer lets 72 hours pass now
  /// and then.
  private static final long RATE = 14_400;

  private static final int ACCEPTED_BETWEEN_KILLS_MAX = 20;
  private static final Duration DOWN_MAX = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// So long after the last deed nothing is left to wait for.
  private static final Duration LEAP = Duration.ofDays(40);

  private static final int LEAPS_MAX = 6;

  private final Random random = new Random(SEED);
  private final HttpClient http = HttpClient.newHttpClient();

  /// Null until they are started.
  private @Nullable MortalPlatform mortal;

  private @Nullable RunningServices running;
  private @Nullable LiveMarket live;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(RunningServices.areBuilt(), "the services are not packaged");
    var platform = new MortalPlatform();
    mortal = platform;
    RunningServices.NAMES.forEach(platform::createDatabase);
    var services = new RunningServices(platform::database, platform.bootstrapServers());
    running = services;
    services.startAll();
    services.start(SECOND);
    var market = new LiveMarket(services.settings());
    live = market;
    market.start(new StartupEvent());
    await().atMost(PATIENCE).until(market::ready);
    awaitReady();
  }

  @AfterEach
  void stop() {
    if (live != null) live.stop(new ShutdownEvent());
    if (running != null) running.close();
    if (mortal != null) mortal.close();
    http.close();
  }

  @Test
  void loses_nothing_and_doubles_nothing_whoever_is_killed() throws Exception {
    List<Asked> asked = new ArrayList<>();
    for (var round = 1; round <= ROUNDS; round++) {
      var victims = shuffled();
      asked.addAll(liveAndDie(victims));
      settle();
      System.out.printf("round %d, killed %s, seed %d: %s%n", round, victims, SEED, judge(asked));
    }
  }

  private List<String> shuffled() {
    List<String> victims = new ArrayList<>(RunningServices.NAMES);
    victims.addAll(List.of(SECOND, KAFKA, POSTGRES));
    Collections.shuffle(victims, random);
    return victims;
  }

  /// @return what those who insist were told
  private List<Asked> liveAndDie(List<String> victims) throws Exception {
    market().clock().run(RATE);
    var living = new AtomicBoolean(true);
    var population = new Population(market().services(), market().clock(), random.nextLong());
    var others = Thread.ofVirtual().start(() -> population.live(() -> !living.get()));
    try (var people = new InsistentPeople(instances())) {
      people.start(new Random(random.nextLong()));
      await().atMost(PATIENCE).until(this::isShared);
      for (var victim : victims) {
        awaitAccepted(people);
        kill(victim);
        LockSupport.parkNanos(Duration.ofMillis(random.nextLong(DOWN_MAX.toMillis())).toNanos());
        restart(victim);
        // Now and then the next one dies before the last one is back.
        if (random.nextInt(3) > 0) awaitReady();
      }
      awaitReady();
      awaitAccepted(people);
      people.stop();
      living.set(false);
      others.join();
      return people.asked();
    } finally {
      living.set(false);
    }
  }

  private void awaitAccepted(InsistentPeople people) {
    var wanted = people.accepted() + 1 + random.nextInt(ACCEPTED_BETWEEN_KILLS_MAX);
    await().atMost(PATIENCE).until(() -> people.accepted() >= wanted);
  }

  private void kill(String victim) throws InterruptedException {
    switch (victim) {
      case KAFKA -> platform().killKafka();
      case POSTGRES -> platform().killPostgres();
      default -> services().kill(victim);
    }
  }

  private void restart(String victim) throws IOException {
    switch (victim) {
      case KAFKA -> platform().startKafka();
      case POSTGRES -> platform().startPostgres();
      default -> services().start(victim);
    }
  }

  /// Time goes on until every order has come to its end.
  private void settle() {
    var clock = market().clock();
    clock.run(0);
    for (var leaps = 0; leaps < LEAPS_MAX; leaps++) {
      clock.leapTo(clock.now().plus(LEAP));
      awaitQuiet();
    }
    var journal = market().journal();
    assertThat(journal.orders())
        .as("orders that have come to no end")
        .allMatch(orderId -> hasEnded(journal, orderId));
  }

  /// The clock alone has less patience than a machine with many others at work asks for.
  private void awaitQuiet() {
    await()
        .atMost(PATIENCE)
        .ignoreException(ServiceUnavailableException.class)
        .until(() -> {
          market().clock().awaitQuiet();
          return true;
        });
  }

  private static boolean hasEnded(Journal journal, UUID orderId) {
    var account = new OrderAccount(orderId);
    journal.of(orderId).forEach(account::watch);
    return account.isFinal();
  }

  /// Of all that was ever asked, not of this round alone.
  ///
  /// @return how much that was
  private String judge(List<Asked> asked) throws Exception {
    assertThat(asked.stream().filter(one -> one.status() >= 500)).as("faults told").isEmpty();
    assertThat(new Proof(market()).invariants()).isNotEmpty().allMatch(Invariant::ok);
    var compared = new StoresAndTopics(platform().bootstrapServers());
    var count = new Count(0, 0);
    for (var name : RunningServices.NAMES) {
      var service = name + "-service";
      var database = platform().database(name);
      count = count.plus(compared.requireSameEvents(service, database));
      StoresAndTopics.requireOneDecision(service, database, asked);
      StoresAndTopics.requireOneEffect(service, database);
      StoresAndTopics.requireNothingSetAside(service, database);
    }
    return "%d commands accepted, %d refused, %d events, %d repeated"
        .formatted(
            asked.stream().filter(Asked::isAccepted).count(),
            asked.stream().filter(one -> !one.isAccepted()).count(),
            count.events(),
            count.repeated());
  }

  private void awaitReady() {
    await()
        .atMost(PATIENCE)
        .until(() ->
            Stream.concat(RunningServices.NAMES.stream(), Stream.of(SECOND))
                .allMatch(instance -> lines(instance, "/q/health/ready").isPresent()));
  }

  /// Do both instances have a part in the work?
  private boolean isShared() {
    return handled(SHARED) > 0 && handled(SECOND) > 0;
  }

  /// Records that this instance has been handed.
  private double handled(String instance) {
    return lines(instance, "/q/metrics").orElse(List.of()).stream()
        .filter(line -> line.startsWith("marketplace_consumer_records_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// What this instance says, if it says something good.
  private Optional<List<String>> lines(String instance, String path) {
    var request =
        HttpRequest.newBuilder(services().address(instance).resolve(path))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) return Optional.empty();
      return Optional.of(response.body().lines().toList());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + instance, e);
    }
  }

  private Map<String, List<URI>> instances() {
    return Map.of(
        "order-service", List.of(services().address("order")),
        "seller-service", List.of(services().address(SHARED), services().address(SECOND)),
        "refund-service", List.of(services().address("refund")),
        "dispute-service", List.of(services().address("dispute")));
  }

  private LiveMarket market() {
    return started(live);
  }

  private RunningServices services() {
    return started(running);
  }

  private MortalPlatform platform() {
    return started(mortal);
  }

  private static <T> T started(@Nullable T part) {
    if (part == null) throw new IllegalStateException("nothing was started");
    return part;
  }
}
