package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import marketplace.eventsourcing.ClockRecord;
import marketplace.eventsourcing.ClockRecord.Bound;
import marketplace.eventsourcing.control.ClockJson;
import marketplace.eventsourcing.control.ControlFollower;
import marketplace.eventsourcing.time.SystemClock;
import marketplace.simulation.world.Reply;
import org.jspecify.annotations.Nullable;

/// Simulated time for all services, and the waiting until they have heard of it and of each other.
public final class LiveClock {
  private static final Instant FIRST_START = Instant.parse("2026-01-05T00:00:00Z");
  private static final String SEEN = "seen";

  /// No stream's id comes after it.
  private static final String LAST_ID = "ffffffff-ffff-ffff-ffff-ffffffffffff";

  /// How often the time is written down, so that a restart goes on from there.
  static final Duration SEEN_EVERY = Duration.ofSeconds(1);

  /// Nothing takes longer, not even a part that has to be started again; what is not quiet then is
  /// stuck.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Who looks too often keeps busy whom he waits for.
  private static final Duration LOOK_FIRST = Duration.ofMillis(2);

  private static final Duration LOOK_LATER = Duration.ofMillis(30);

  private final SystemClock wall = new SystemClock();
  private final ControlTopic control;
  private final Services services;
  private ClockRecord inForce;

  /// Goes on where time stood, frozen, however long nobody was there: a rate of 3600 must not turn
  /// a night into years.
  LiveClock(ControlTopic control, Services services) {
    this.control = control;
    this.services = services;
    var records = control.read();
    this.inForce = publish(epochAfter(records), lastSeen(records), 0, null);
  }

  private static long epochAfter(Map<String, JsonNode> records) {
    var clock = records.get(ControlFollower.CLOCK);
    return clock == null ? 1 : ClockJson.read(clock).epoch() + 1;
  }

  private static Instant lastSeen(Map<String, JsonNode> records) {
    var clock = records.get(ControlFollower.CLOCK);
    if (clock == null) return FIRST_START;
    var last = ClockJson.read(clock);
    var seen = records.get(SEEN);
    if (last.rate() == 0 || seen == null) return last.simAnchor();
    // The services may have seen a little more than was written down last.
    var later = Instant.parse(seen.get("now").textValue());
    var margin = SEEN_EVERY.multipliedBy(2).multipliedBy(last.rate());
    return later.isBefore(last.simAnchor()) ? last.simAnchor() : later.plus(margin);
  }

  public synchronized Instant now() {
    return inForce.simulatedAt(wall.instant());
  }

  public synchronized long rate() {
    return inForce.rate();
  }

  public synchronized long epoch() {
    return inForce.epoch();
  }

  /// Writes down what time it is. To be called every `SEEN_EVERY`.
  synchronized void keep() {
    if (inForce.rate() == 0) return;
    control.put(SEEN, JsonNodeFactory.instance.objectNode().put("now", now().toString()));
  }

  /// From now on time passes this fast; 0 freezes it.
  public void run(long rate) {
    set(now(), rate, null);
    awaitEpoch();
  }

  /// At once; what is due fires while facts are on their way.
  public void leapTo(Instant to) {
    requireLater(to);
    set(to, 0, null);
    awaitEpoch();
  }

  /// From deadline to deadline over all services, in the order of instant, rank and order, waiting
  /// after each until all is quiet.
  ///
  /// @return how many deadlines were due on the way
  public int stepTo(Instant to) {
    freeze();
    awaitQuiet();
    return goTo(to, bound -> bound);
  }

  /// As `stepTo`, but deadlines of one instant and rank fire together, and all has to be quiet when
  /// it begins.
  public void passTo(Instant to) {
    freeze();
    goTo(to, bound -> new Bound(bound.at(), bound.rank(), LAST_ID));
  }

  private synchronized void freeze() {
    if (inForce.rate() > 0 || inForce.deadlinesUpTo() != null) set(now(), 0, null);
  }

  /// @param stop where to halt next, given the deadline that comes next
  private int goTo(Instant to, UnaryOperator<Bound> stop) {
    requireLater(to);
    var fired = 0;
    for (var next = nextDeadline(to); next.isPresent(); next = nextDeadline(to)) {
      var bound = stop.apply(next.get());
      var at = bound.at().isBefore(now()) ? now() : bound.at();
      set(at, 0, bound);
      awaitQuiet();
      fired++;
    }
    // Nothing is due any more that could make a noise.
    set(to, 0, null);
    awaitEpoch();
    return fired;
  }

  private void requireLater(Instant to) {
    if (to.isBefore(now())) {
      throw new IllegalArgumentException("time never goes back: it is " + now() + ", not " + to);
    }
  }

  private synchronized void set(Instant simulated, long rate, @Nullable Bound bound) {
    inForce = publish(inForce.epoch() + 1, simulated, rate, bound);
  }

  private ClockRecord publish(long epoch, Instant simulated, long rate, @Nullable Bound bound) {
    var record = new ClockRecord(epoch, wall.instant(), simulated, rate, bound);
    control.put(ControlFollower.CLOCK, ClockJson.write(record));
    return record;
  }

  private Optional<Bound> nextDeadline(Instant to) {
    Bound first = null;
    for (var reply : told("/v1/simulation/deadlines?limit=1")) {
      for (var json : reply.body()) {
        var bound =
            new Bound(
                Instant.parse(json.get("at").textValue()),
                json.get("rank").intValue(),
                streamId(json.get("stream")));
        if (!bound.at().isAfter(to)
            && (first == null || first.admits(bound.at(), bound.rank(), bound.id()))) {
          first = bound;
        }
      }
    }
    return Optional.ofNullable(first);
  }

  /// What all services answer, when none is away.
  private Collection<Reply> told(String path) {
    var last =
        new Object() {
          Collection<Reply> replies = List.of();
        };
    await(
        "answer to " + path,
        () -> {
          last.replies = services.askAll(path).values();
          return last.replies.stream().allMatch(Reply::isSuccess);
        });
    return last.replies;
  }

  private static String streamId(JsonNode stream) {
    if (stream.isObject()) return stream.get("id").textValue();
    var name = stream.textValue();
    return name.substring(name.length() - 36);
  }

  /// Every service goes by the newest clock.
  void awaitEpoch() {
    await(
        "epoch " + epoch(),
        () -> all("/v1/simulation/clock", clock -> clock.get("epoch").longValue() >= epoch()));
  }

  /// Nothing is left to do by itself: two successive rounds over all services show the same. One
  /// round can miss a message between two services, and asks the brokers, so none is made while a
  /// service still works on what it has.
  public void awaitQuiet() {
    await(
        "quiescence at epoch " + epoch(),
        () -> all("/v1/simulation/activity", this::isIdle) && isQuiet());
  }

  private boolean isIdle(JsonNode activity) {
    return activity.get("epoch").longValue() >= epoch()
        && activity.get("dueDeadlines").longValue() == 0
        && activity.get("unfollowed").longValue() == 0
        && activity.get("outboxPending").longValue() == 0;
  }

  private boolean all(String path, Predicate<JsonNode> holds) {
    return services.askAll(path).values().stream()
        .allMatch(reply -> reply.isSuccess() && holds.test(reply.body()));
  }

  /// Is it so now, without waiting for it?
  boolean isQuiet() {
    var round = round();
    return round.stream().allMatch(one -> one.quiet() && one.epoch() >= epoch())
        && round.equals(round());
  }

  private record Numbers(
      String service, long epoch, long stored, long published, long consumed, boolean quiet) {}

  private List<Numbers> round() {
    List<Numbers> round = new ArrayList<>();
    services
        .askAll("/v1/simulation/quiescence")
        .forEach((service, reply) -> round.add(numbers(service, reply)));
    return round;
  }

  private static Numbers numbers(String service, Reply reply) {
    if (!reply.isSuccess()) return new Numbers(service, -1, 0, 0, 0, false);
    var json = reply.body();
    return new Numbers(
        service,
        json.get("epoch").longValue(),
        json.get("stored").longValue(),
        json.get("outboxPending").longValue(),
        json.get("consumed").longValue(),
        json.get("quiet").booleanValue());
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  /// Not while somebody is away.
  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (ServiceUnavailableException _) {
      return false;
    }
  }

  private void await(String what, Condition condition) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    var pause = LOOK_FIRST;
    while (!holds(condition)) {
      if (System.nanoTime() > end) {
        throw new ServiceUnavailableException("no %s within %s".formatted(what, PATIENCE));
      }
      try {
        Thread.sleep(pause);
        pause =
            pause.multipliedBy(2).compareTo(LOOK_LATER) < 0 ? pause.multipliedBy(2) : LOOK_LATER;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ServiceUnavailableException("interrupted while waiting for " + what, e);
      }
    }
  }
}
