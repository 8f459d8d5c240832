package marketplace.simulation.live;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import marketplace.contracts.MessageFamily;
import marketplace.contracts.OrderMessage.ReceiptConfirmed;
import marketplace.kernel.OrderId;
import marketplace.platform.TestPlatform;
import marketplace.simulation.doctor.Doctor;
import marketplace.simulation.doctor.Finding.Verdict;
import marketplace.simulation.doctor.Installation;
import marketplace.simulation.doctor.Installation.Login;
import marketplace.simulation.journal.Rejected;
import marketplace.simulation.live.Injector.Injection;
import marketplace.simulation.live.Proof.Invariant;
import marketplace.simulation.memory.MemoryMarket;
import marketplace.simulation.memory.MemoryWorld;
import marketplace.simulation.memory.SeededIds;
import marketplace.simulation.race.Race;
import marketplace.simulation.race.RaceAction;
import marketplace.simulation.race.Races;
import marketplace.simulation.race.Situation;
import marketplace.simulation.run.Expected;
import marketplace.simulation.run.Plans;
import marketplace.simulation.run.Recording;
import marketplace.simulation.run.RunPlan;
import marketplace.simulation.run.RunResult;
import marketplace.simulation.run.Runs;
import marketplace.simulation.run.TopicReader;
import marketplace.simulation.scenario.Lessons;
import marketplace.simulation.scenario.Recorder;
import marketplace.simulation.scenario.Scenario;
import marketplace.simulation.scenario.ScenarioFiles;
import marketplace.simulation.scenario.ScenarioRunner;
import marketplace.simulation.scenario.UnrecordableException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every story that comes with the simulation, and every lesson, on the real services.
class LiveScenariosTest {
  private static final Duration START_MAX = Duration.ofMinutes(3);
  private static final Duration REFUSED_MAX = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> READERS_OF_ORDERS =
      List.of("seller-service", "refund-service", "dispute-service");

  /// Some that go through all services.
  private static final Set<String> DISTURBED =
      Set.of("seller-times-out", "seller-approves", "late-capture-b", "never-arrived");

  private static final List<Path> OPERATION =
      List.of(Path.of("../deploy/grafana/dashboards"), Path.of("../deploy/prometheus"));

  private static final Pattern METER =
      Pattern.compile("\\bmarketplace_[a-z_]+|\\b(?:http_server|jvm|process)_[a-z_]+");

  private static final int ORDERS_OF_A_RUN = 40;
  private static final int RECORDED = 20;
  private static final int RACES_AT_ONCE = 3;
  private static final int ORDERS_OF_A_FLOW = 60;
  private static final long FLOW_RATE = 40_000;

  /// Null where the services were not built.
  private static @Nullable RunningServices services;

  /// Null where the services were not built.
  private static @Nullable LiveMarket running;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(RunningServices.areBuilt(), "the services are not packaged");
    var started = RunningServices.onTestPlatform();
    services = started;
    started.startAll();
    var market = new LiveMarket(started.settings());
    market.start(new StartupEvent());
    running = market;
    await().atMost(START_MAX).until(market::ready);
  }

  @AfterAll
  static void stop() {
    var market = running;
    if (market != null) market.stop(new ShutdownEvent());
    if (services != null) services.close();
  }

  @TestFactory
  Stream<DynamicTest> goes_as_told() {
    return Stream.concat(
        Stream.concat(ScenarioFiles.all().stream(), Lessons.all().stream())
            .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> play(scenario))),
        Stream.of(
            DynamicTest.dynamicTest(
                "and_so_whatever_becomes_of_records_on_their_way", this::playWithFaults),
            DynamicTest.dynamicTest(
                "and_refuses_what_is_wrong_on_purpose", this::assertMalformedIsRefused),
            DynamicTest.dynamicTest(
                "a_run_is_the_same_as_in_memory_while_views_are_rebuilt", this::assertSameRun),
            DynamicTest.dynamicTest("a_race_ends_as_in_memory", this::assertSameRace),
            DynamicTest.dynamicTest(
                "a_run_while_time_runs_on_keeps_every_promise", this::assertRunInFlow),
            DynamicTest.dynamicTest(
                "every_meter_that_operators_look_at_is_there", this::assertMeters),
            DynamicTest.dynamicTest("and_leaves_every_invariant", this::assertInvariants),
            DynamicTest.dynamicTest("and_nothing_for_the_doctor", this::assertHealthy)));
  }

  /// The same people, the same events at the same times, whatever becomes of records on their way:
  /// one in ten twice, late, overtaken, lost. And whoever rebuilds every view from its stream
  /// meanwhile finds them as they are.
  private void assertSameRun() throws Exception {
    var plan = Plans.busy(11, ORDERS_OF_A_RUN, "STANDARD_72H", "DECLINE_3D");
    var over = new AtomicBoolean();
    try (var threads = Executors.newSingleThreadExecutor()) {
      var rebuilding = threads.submit(() -> rebuildUntil(over::get));
      disturb(0.1);
      RunResult live;
      try {
        live = market().run(plan, 0, _ -> true);
      } finally {
        over.set(true);
        calmDown();
      }
      var inMemory = Runs.inMemory(live.plan(), List.of(), _ -> {});

      assertThat(live.broken()).isEmpty();
      assertThat(live.figures().placed()).isEqualTo(ORDERS_OF_A_RUN);
      assertThat(live.traceHash()).isEqualTo(inMemory.traceHash());
      assertThat(live.expected().requestsByOutcome())
          .isNotEmpty()
          .isEqualTo(inMemory.expected().requestsByOutcome());
      assertThat(live.expected()).isEqualTo(readFromTopics(live));
      assertThat(Recording.of(live).replay(List.of(), _ -> {}).equal()).isTrue();
      live.orders().stream().limit(RECORDED).forEach(LiveScenariosTest::assertRecorded);
      assertThat(rebuilding.get()).as("rounds of rebuilding").isPositive();
    }
  }

  /// What was recorded of a live order goes the same way in memory.
  private static void assertRecorded(UUID orderId) {
    var events = market().journalOf(orderId).causalOrderOf(orderId);
    String story;
    try {
      story = Recorder.record("recorded", events);
    } catch (UnrecordableException e) {
      assertThat(e).hasMessage("the payment provider has refused a refund");
      return;
    }
    var ids = new SeededIds(1);
    var memory = new MemoryMarket(RunPlan.USUAL_START, ids);
    var performance =
        new ScenarioRunner(new MemoryWorld(memory), memory.catalogue(), ids)
            .play(ScenarioFiles.parse("recorded.yaml", story));
    assertThat(performance.passed()).as(performance.report()).isTrue();
  }

  /// Whoever waits has the same outcomes, and whoever does not has one that memory knows.
  private void assertSameRace() {
    var race = new Race(Situation.PAID, RaceAction.REQUEST, RaceAction.SHIP);
    var inMemory = new Races(List.of()).inMemory(race, true, _ -> {});
    assertThat(market().race(race, 0, _ -> {}).orders()).isEqualTo(inMemory.orders());

    var possible = requireNonNull(inMemory.interleaved()).outcomes();
    assertThat(market().race(race, RACES_AT_ONCE, _ -> {}).orders())
        .hasSize(RACES_AT_ONCE)
        .allMatch(raced -> raced.broken().isEmpty())
        .allMatch(
            raced -> possible.stream().anyMatch(outcome -> outcome.end().equals(raced.end())));
  }

  /// What meets what on its way depends on the machine then; what is promised does not.
  private void assertRunInFlow() {
    var run = market().run(Plans.hasty(12, ORDERS_OF_A_FLOW, "STANDARD_72H"), FLOW_RATE, _ -> true);

    assertThat(run.broken()).isEmpty();
    // A slow machine may not come to all of them in time.
    assertThat(run.figures().placed()).isPositive().isLessThanOrEqualTo(ORDERS_OF_A_FLOW);
    assertThat(run.expected()).isEqualTo(readFromTopics(run));
  }

  /// The answers of somebody who has nothing but what the topics hold.
  private static Expected readFromTopics(RunResult run) {
    var reader = new TopicReader(run.plan().start(), run.end());
    run.orders().forEach(id -> market().journalOf(id).of(id).forEach(reader::read));
    return reader.answers();
  }

  private static int rebuildUntil(BooleanSupplier over) {
    var rounds = 0;
    do {
      for (var service : market().services().names()) {
        var report =
            market()
                .services()
                .tell(service, "/v1/simulation/rebuild", JsonNodeFactory.instance.objectNode());
        assertThat(report.status()).as("%s", report).isEqualTo(200);
        assertThat(report.body().path("streams").asLong()).as(service).isPositive();
        assertThat(report.body().path("different").asLong()).as("%s", report).isZero();
      }
      rounds++;
    } while (!over.getAsBoolean());
    return rounds;
  }

  private static void play(Scenario scenario) {
    var performance = market().play(scenario);
    assertThat(performance.passed()).as(performance.report()).isTrue();
  }

  /// Twice, late, overtaken, lost: by STEP nothing of it may be seen in the end.
  private void playWithFaults() throws Exception {
    disturb(0.3);
    assertThat(market().faults().standing()).hasSize(4);
    for (var scenario : ScenarioFiles.all()) {
      if (DISTURBED.contains(scenario.name())) play(scenario);
    }
    for (var service : market().services().names()) assertThat(inForceOf(service)).hasSize(4);
    calmDown();
    for (var service : market().services().names()) assertThat(inForceOf(service)).isEmpty();
    assertThat(market().faults().standing()).isEmpty();
  }

  private static void disturb(double rate) throws Exception {
    var rules =
        JSON.readTree(
            """
            [{"kind": "CONSUME_TWICE", "rate": RATE},
             {"kind": "CONSUME_DELAY", "rate": RATE, "millis": 50},
             {"kind": "CONSUME_REORDER", "rate": RATE, "millis": 50},
             {"kind": "CONSUME_LOSS", "rate": RATE, "millis": 20}]
            """
                .replace("RATE", String.valueOf(rate)));
    for (var service : market().services().names()) {
      market().faults().replace(service, "test", rules);
    }
  }

  private static void calmDown() {
    for (var service : market().services().names()) {
      market().faults().replace(service, "test", JSON.createArrayNode());
    }
  }

  private static JsonNode inForceOf(String service) {
    return market().services().ask(service, "/v1/simulation/faults").body().get("rules");
  }

  /// Each form is listed by whoever reads the topic, with the reason. What can be told of again is
  /// on the topic of what was rejected.
  private void assertMalformedIsRefused() throws Exception {
    var order = new OrderId(UUID.randomUUID());
    var data = JSON.readTree(MessageFamily.ORDER.write(new ReceiptConfirmed(order, Instant.EPOCH)));
    for (var malformed : Malformed.values()) {
      var ids =
          market()
              .injector()
              .inject(
                  new Injection(
                      MessageFamily.ORDER.topic(),
                      order.toString(),
                      "ReceiptConfirmed",
                      data,
                      Map.of(),
                      1,
                      false,
                      0,
                      malformed));
      await()
          .atMost(REFUSED_MAX)
          .until(
              () -> READERS_OF_ORDERS.stream().allMatch(service -> lists(service, malformed, ids)));
    }
    market().clock().awaitQuiet();
    assertThat(rejectedOf(order))
        .as("copies of json, schema and future-version by each of the readers")
        .hasSize(3 * READERS_OF_ORDERS.size())
        .allMatch("SCHEMA_INVALID"::equals);
  }

  private static boolean lists(String service, Malformed malformed, List<String> ids) {
    var reason =
        switch (malformed) {
          case JSON -> "ReceiptConfirmed: ";
          case SCHEMA -> "field orderId is missing";
          case OVERSIZE -> "the value must have at most";
          case FUTURE_VERSION -> "ce_dataschema must be";
          case TOMBSTONE -> "the value is missing";
          case FOREIGN_KEY -> "the key must be";
        };
    var listed = market().services().ask(service, "/v1/simulation/rejected?limit=20").body();
    for (var one : listed) {
      var same = one.path("eventId").isNull() || ids.contains(one.path("eventId").asText());
      if (same && one.path("reason").asText().contains(reason)) return true;
    }
    return false;
  }

  private static List<String> rejectedOf(OrderId order) {
    return market().journal().rejectedOf(order.value()).stream().map(Rejected::reason).toList();
  }

  private void assertInvariants() {
    assertThat(new Proof(market()).invariants()).isNotEmpty().allMatch(Invariant::ok);
  }

  /// Those of the dashboards and of the alert rules.
  private void assertMeters() throws IOException {
    Set<String> wanted = new TreeSet<>();
    for (var folder : OPERATION) {
      try (var files = Files.list(folder)) {
        for (var file : files.toList()) addMeters(Files.readString(file), wanted);
      }
    }
    Set<String> told = new TreeSet<>();
    for (var service : market().services().names()) {
      addMeters(market().services().ask(service, "/q/metrics").body().asText(), told);
    }
    // Told where mail is sent, and looked at there.
    assertThat(wanted.remove("marketplace_mail_waiting")).isTrue();
    assertThat(wanted).hasSizeGreaterThan(10);
    assertThat(told).containsAll(wanted);
  }

  private static void addMeters(String text, Set<String> meters) {
    METER.matcher(text).results().map(MatchResult::group).forEach(meters::add);
  }

  private void assertHealthy() {
    Map<String, Login> databases = new TreeMap<>();
    for (var name : RunningServices.NAMES) {
      var database = TestPlatform.database(name);
      databases.put(
          name + "-service", new Login(database.url(), database.reader(), database.password()));
    }
    var findings =
        Doctor.examine(
            new Installation(
                databases,
                Map.of("bootstrap.servers", TestPlatform.kafka().bootstrapServers()),
                Objects.requireNonNull(services).settings().refund().url()));
    assertThat(findings)
        .filteredOn(finding -> !finding.check().equals("records set aside"))
        .hasSizeGreaterThan(20)
        .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.OK));
  }

  private static LiveMarket market() {
    var market = running;
    if (market == null) throw new IllegalStateException("nothing was started");
    return market;
  }
}
