package marketplace.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Aggregates;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.ServiceRules;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.control.ControlFollower;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.control.Quiescence;
import marketplace.eventsourcing.deadline.DeadlinePoller;
import marketplace.eventsourcing.deadline.DueDeadlines;
import marketplace.eventsourcing.deadline.PollerSettings;
import marketplace.eventsourcing.following.Follower;
import marketplace.eventsourcing.handling.CommandHandler;
import marketplace.eventsourcing.handling.HandlerSettings;
import marketplace.eventsourcing.messaging.ConsumerProgress;
import marketplace.eventsourcing.messaging.ConsumerSettings;
import marketplace.eventsourcing.messaging.KafkaAccess;
import marketplace.eventsourcing.messaging.OwnTopics;
import marketplace.eventsourcing.messaging.TopicConsumer;
import marketplace.eventsourcing.relay.PublishedCategory;
import marketplace.eventsourcing.relay.PublishedMark;
import marketplace.eventsourcing.relay.Relay;
import marketplace.eventsourcing.relay.RelayProbe;
import marketplace.eventsourcing.relay.RelaySettings;
import marketplace.eventsourcing.store.EventReader;
import marketplace.eventsourcing.store.JdbcEventStore;
import marketplace.eventsourcing.store.ViewRebuild;
import marketplace.eventsourcing.time.SimulatedClock;
import marketplace.eventsourcing.time.SimulatedTime;
import marketplace.eventsourcing.tracing.Tracing;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import org.jboss.logging.Logger;

/// Starts what carries a service's rules, in the order in which one part needs the other, and stops
/// it the other way round: handler, relay, consumers, followers, deadlines.
@Singleton
public class ServiceRuntime {
  private static final Logger LOG = Logger.getLogger(ServiceRuntime.class);

  /// A partition that does not move for so long while records wait is stuck.
  private static final Duration STALLED_MAX = Duration.ofSeconds(60);

  private final ServiceRules rules;
  private final FaultRules faults;
  private final SimulatedTime time;
  private final EventReader reader;
  private final CommandHandler handler;
  private final ViewRebuild views;
  private final OwnTopics ownTopics;
  private final Relay relay;
  private final PublishedMark mark;
  private final DueDeadlines deadlines;
  private final DeadlinePoller poller;
  private final ConsumerProgress progress;
  private final Quiescence quiescence;
  private final List<TopicConsumer> consumers = new ArrayList<>();
  private final List<ControlFollower> controlFollowers = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("sweep").daemon().factory());

  ServiceRuntime(
      ServiceRules rules,
      ServiceSettings settings,
      Policies policies,
      FaultRules faults,
      DataSource dataSource,
      ObjectMapper json,
      SimulatedTime time,
      MeterRegistry meters,
      Tracing tracing) {
    this.rules = rules;
    this.faults = faults;
    this.time = time;
    var wall = RuntimeBeans.wall();
    var kafka = kafka(settings);
    var store = new JdbcEventStore(dataSource, rules.aggregates());
    reader = new EventReader(dataSource, new Aggregates(rules.aggregates()));
    handler =
        new CommandHandler(
            store,
            rules.aggregates(),
            rules.inbound(),
            time,
            wall,
            HandlerSettings.of(
                rules.name(), "UNKNOWN_ORDER", Set.of("CONFLICT_RETRY", "ORDER_UNKNOWN")),
            json,
            meters,
            tracing);
    views = new ViewRebuild(dataSource, rules.aggregates());
    ownTopics = new OwnTopics(kafka, ownTopics(rules));
    relay =
        new Relay(relaySettings(settings), published(rules), meters, tracing, this::letTheRelayDie);
    mark = new PublishedMark(dataSource);
    deadlines = new DueDeadlines(dataSource);
    poller =
        new DeadlinePoller(deadlines, handler::wake, time, faults, PollerSettings.DEFAULT, meters);
    var topics = rules.inbound().stream().map(Inbound::topic).toList();
    progress = new ConsumerProgress(kafka, rules.name(), topics, wall);
    quiescence =
        new Quiescence(dataSource, deadlines, progress, this::unpublished, this::unfollowed, time);
    for (var aggregate : rules.aggregates()) {
      if (aggregate.followUps().concerning().isEmpty()) continue;
      var follower =
          new Follower(dataSource, reader, aggregate, handler::follow, time::ready, meters);
      handler.onAppended(follower::appended);
      followers.add(follower);
    }
    for (var inbound : rules.inbound()) {
      consumers.add(
          new TopicConsumer(
              ConsumerSettings.of(kafka),
              rules.name(),
              inbound.topic(),
              inbound.known(),
              handler::accept,
              faults,
              wall,
              meters));
    }
    if (time instanceof SimulatedClock clock) {
      controlFollowers.add(
          new ControlFollower(
              kafka,
              clock,
              Map.of(
                  "policy:", (_, body) -> learn(policies, body),
                  "faults:", (whose, body) -> obey(whose, body))));
    }
  }

  void start(@Observes StartupEvent event) {
    handler.start();
    ownTopics.start();
    relay.start();
    controlFollowers.forEach(ControlFollower::start);
    followers.forEach(Follower::start);
    consumers.forEach(consumer -> consumer.start(time::ready));
    poller.start();
    var _ = sweeper.scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
    LOG.infof("%s is up", rules.name());
  }

  void stop(@Observes ShutdownEvent event) {
    sweeper.shutdownNow();
    poller.close();
    consumers.forEach(TopicConsumer::close);
    followers.forEach(Follower::close);
    controlFollowers.forEach(ControlFollower::close);
    handler.stop();
    relay.close();
    ownTopics.close();
    progress.close();
  }

  CommandHandler handler() {
    return handler;
  }

  /// Tells of every event that this instance has stored, after its commit: be quick.
  public void onAppended(Consumer<StoredEvent<?>> listener) {
    handler.onAppended(listener);
  }

  public EventReader reader() {
    return reader;
  }

  /// A stream as people look at it.
  List<EventReader.AuditEntry> audit(StreamId stream) {
    return reader.audit(stream);
  }

  ViewRebuild.Report rebuildViews() {
    return views.rebuild();
  }

  private void letTheRelayDie(RelayProbe.Step reached) {
    if (reached == RelayProbe.Step.SENT && faults.relayDies()) {
      throw new IllegalStateException("a fault rule says " + FaultRules.RELAY_DIES);
    }
  }

  FaultRules faults() {
    return faults;
  }

  ServiceRules rules() {
    return rules;
  }

  boolean topicsThere() {
    return ownTopics.there();
  }

  String relayState() {
    return relay.status().state().name();
  }

  boolean relayHealthy() {
    return relay.status().healthy();
  }

  /// Do all inbound topics move, or have they nothing to move?
  boolean consumersMove() {
    return consumers.stream()
        .allMatch(consumer -> consumer.stalledFor().compareTo(STALLED_MAX) < 0);
  }

  Quiescence.Report quiescence() {
    try {
      return quiescence.report();
    } catch (SQLException e) {
      throw new IllegalStateException("quiescence cannot be told", e);
    }
  }

  Quiescence.Activity activity() {
    try {
      return quiescence.activity();
    } catch (SQLException e) {
      throw new IllegalStateException("what is left to do cannot be told", e);
    }
  }

  List<DueDeadlines.Upcoming> upcomingDeadlines(int limit) {
    try {
      return deadlines.upcoming(limit);
    } catch (SQLException e) {
      throw new IllegalStateException("deadlines cannot be read", e);
    }
  }

  private long unpublished() {
    relay.requestMark();
    try {
      return mark.unpublished();
    } catch (SQLException e) {
      throw new IllegalStateException("the published mark cannot be read", e);
    }
  }

  private long unfollowed() {
    try {
      var count = 0L;
      for (var follower : followers) count += follower.behind();
      return count;
    } catch (SQLException e) {
      throw new IllegalStateException("it cannot be told what was followed", e);
    }
  }

  /// Looks again at what was parked, once a second.
  private void sweep() {
    if (!time.ready()) return;
    try {
      progress.refresh();
      handler.retryParked(progress).get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.warnf("parked facts are looked at again later: %s", e.getMessage());
    }
  }

  private void learn(Policies policies, JsonNode body) {
    try {
      policies.learn(ContractJson.mapper().treeToValue(body, PolicySet.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no policy set: " + e.getMessage(), e);
    }
  }

  /// @param whose `order-service`, or `order-service:somebody` where several set rules for it
  private void obey(String whose, JsonNode body) {
    var colon = whose.indexOf(':');
    var service = colon < 0 ? whose : whose.substring(0, colon);
    var owner = colon < 0 ? "" : whose.substring(colon);
    if (service.equals(rules.name())) faults.replace("control" + owner, body);
  }

  private static Map<String, Object> kafka(ServiceSettings settings) {
    return KafkaAccess.of(settings.kafka().bootstrapServers(), settings.kafka().clientSettings());
  }

  private RelaySettings relaySettings(ServiceSettings settings) {
    return new RelaySettings(
        rules.name(),
        settings.database().url(),
        settings.database().rolePrefix() + "_relay",
        settings.database().password(),
        kafka(settings));
  }

  /// Every service may write to the topic of what was rejected.
  private static List<String> ownTopics(ServiceRules rules) {
    List<String> topics = new ArrayList<>(rules.topics());
    topics.add(RejectedFact.TOPIC);
    return topics;
  }

  private static List<PublishedCategory<?>> published(ServiceRules rules) {
    List<PublishedCategory<?>> categories = new ArrayList<>();
    for (var aggregate : rules.aggregates()) categories.add(PublishedCategory.of(aggregate));
    categories.add(PublishedCategory.of(RejectedFact.AGGREGATE));
    return categories;
  }
}
