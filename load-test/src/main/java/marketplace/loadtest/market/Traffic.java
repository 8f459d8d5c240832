package marketplace.loadtest.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import marketplace.loadtest.market.Order.Shelf;
import marketplace.simulation.world.Request;

/// Who does what next. Each time a call is due, somebody who has waited long enough takes the next
/// step of his order, and where there is nobody a new order is placed; so the rate is that of all
/// commands, and the mix sees to itself. A step that is refused or lost is tried again a little
/// later: most often its service had not yet heard of the step before.
///
/// One lock holds it all together; what is done under it takes microseconds.
final class Traffic {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ATTEMPTS_MAX = 5;
  private static final long THINK_MIN_NANOS = Duration.ofMillis(500).toNanos();
  private static final long THINK_MAX_NANOS = Duration.ofMillis(3_500).toNanos();
  private static final long TRY_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final View[] VIEWS = View.values();

  private static final int CONFLICT = 409;

  private final Mix mix;
  private final Schedule schedule;
  private final List<Shelf> shelves;
  private final List<Order> known;
  private final Function<Request, String> urls;
  private final SplittableRandom random;
  private final PriorityQueue<Entry> diary =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::dueNanos).thenComparingLong(Entry::number));
  private final Map<Long, Sent> sent = new HashMap<>();
  private final SortedMap<String, Tally> operations = new TreeMap<>();
  private final Tally commands = new Tally();
  private final Tally views = new Tally();
  private final Latencies lateStarts = new Latencies();
  private final Map<Life, Integer> lived = new EnumMap<>(Life.class);
  private long entries;
  private long calls;
  private long originNanos;
  private long lastNanos;
  private int givenUp;

  private record Entry(long dueNanos, long number, Order order) {}

  /// A command that was accepted, for whoever finds its events.
  record Sent(String operation, long intendedNanos) {}

  /// @param known orders to look at, where there are only readers
  /// @param urls where a request goes
  Traffic(
      Mix mix,
      Schedule schedule,
      List<Shelf> shelves,
      List<Order> known,
      Function<Request, String> urls,
      long seed) {
    this.mix = mix;
    this.schedule = schedule;
    this.shelves = List.copyOf(shelves);
    this.known = List.copyOf(known);
    this.urls = urls;
    this.random = new SplittableRandom(seed);
  }

  /// The call that is due now.
  synchronized Call next(long now) {
    var number = calls++;
    var intended = intended(number, now);
    lateStarts.record(now - intended);
    if (mix.onlyReads()) {
      return view(number, known.get(random.nextInt(known.size())), intended, now);
    }
    var waiting = diary.peek();
    Order order;
    if (waiting != null && waiting.dueNanos() <= now) {
      diary.remove();
      order = waiting.order();
    } else {
      order = newOrder();
    }
    var request = order.request();
    sent.put(number, new Sent(request.operation(), intended));
    return new Call(number, true, order, request, urls.apply(request), intended, now);
  }

  /// Nobody calls before his time: where the generator runs ahead of the schedule, the schedule
  /// began earlier.
  private long intended(long number, long now) {
    var offset = schedule.nanosOf(number);
    if (number == 0 || now - originNanos < offset) originNanos = now - offset;
    return originNanos + offset;
  }

  private Order newOrder() {
    var shelf = shelves.get(random.nextInt(shelves.size()));
    return new Order(mix.draw(random), shelf, id(), id().toString());
  }

  /// Some who have done something look at what has come of it.
  synchronized Optional<Call> look(Call after, long now) {
    var looks =
        after.command() && after.order().isKnown() && random.nextInt(100) < mix.viewsPerCommand();
    return looks ? Optional.of(view(after.number(), after.order(), now, now)) : Optional.empty();
  }

  private Call view(long number, Order order, long intended, long now) {
    var request = order.look(VIEWS[random.nextInt(VIEWS.length)]);
    return new Call(number, false, order, request, urls.apply(request), intended, now);
  }

  /// @param status 0 where there was no answer
  synchronized void answered(Call call, int status, String body, long now) {
    lastNanos = Math.max(lastNanos, now);
    var how = Answered.of(status, body);
    var nanos = now - call.intendedNanos();
    (call.command() ? commands : views).add(how, nanos);
    operations.computeIfAbsent(call.operation(), _ -> new Tally()).add(how, nanos);
    if (!call.command()) return;
    if (how != Answered.ACCEPTED) sent.remove(call.number());
    var order = call.order();
    switch (how) {
      case ACCEPTED -> {
        order.accepted(json(body), id().toString());
        if (order.isOver()) lived.merge(order.life(), 1, Integer::sum);
        else enter(now + random.nextLong(THINK_MIN_NANOS, THINK_MAX_NANOS), order);
      }
      case REFUSED -> {
        order.refused(id().toString());
        tryAgain(order, now);
      }
      case FAILED -> {
        order.failed();
        tryAgain(order, now);
      }
    }
  }

  private void tryAgain(Order order, long now) {
    if (order.attempts() < ATTEMPTS_MAX) enter(now + TRY_AGAIN_NANOS, order);
    else givenUp++;
  }

  private void enter(long dueNanos, Order order) {
    diary.add(new Entry(dueNanos, entries++, order));
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that is no JSON: " + body, e);
    }
  }

  /// Not of the seed: a second run on the same market needs new people and new keys.
  private static UUID id() {
    return UUID.randomUUID();
  }

  // Afterwards

  /// Accepted commands by their numbers.
  synchronized Map<Long, Sent> sent() {
    return Map.copyOf(sent);
  }

  synchronized Summary.Calls commands() {
    return commands.told(seconds());
  }

  synchronized Summary.Calls views() {
    return views.told(seconds());
  }

  synchronized SortedMap<String, Summary.Calls> operations() {
    SortedMap<String, Summary.Calls> all = new TreeMap<>();
    operations.forEach((name, tally) -> all.put(name, tally.told(seconds())));
    return all;
  }

  synchronized SortedMap<String, Integer> lived() {
    SortedMap<String, Integer> all = new TreeMap<>();
    lived.forEach((life, count) -> all.put(life.toString(), count));
    if (givenUp > 0) all.put("given-up", givenUp);
    return all;
  }

  /// How much later than meant calls have left: the generator's own fault.
  synchronized Summary.Millis lateStarts() {
    return lateStarts.millis();
  }

  /// From the first call that was meant to come to the last answer.
  private double seconds() {
    return Math.max(1, lastNanos - originNanos) / 1e9;
  }

  /// How a call has ended.
  private enum Answered {
    ACCEPTED,
    REFUSED,
    FAILED;

    static Answered of(int status, String body) {
      if (status >= 200 && status < 300) return ACCEPTED;
      if (status == CONFLICT && body.contains("IDEMPOTENCY_KEY_IN_USE")) return FAILED;
      return status >= 400 && status < 500 ? REFUSED : FAILED;
    }
  }

  private static final class Tally {
    private final Latencies latencies = new Latencies();
    private final Map<Answered, Integer> counts = new EnumMap<>(Answered.class);

    void add(Answered how, long nanos) {
      counts.merge(how, 1, Integer::sum);
      latencies.record(nanos);
    }

    Summary.Calls told(double seconds) {
      var all = counts.values().stream().mapToInt(Integer::intValue).sum();
      return new Summary.Calls(
          all,
          counts.getOrDefault(Answered.ACCEPTED, 0),
          counts.getOrDefault(Answered.REFUSED, 0),
          counts.getOrDefault(Answered.FAILED, 0),
          all / seconds,
          latencies.millis());
    }
  }
}
