package marketplace.simulation.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.contracts.MessageFamily;

/// All that was told, by order, each event once. Bounded: of a market that runs for long only the
/// orders that were heard of last are kept.
public final class Journal {
  private final int ordersMax;
  private final Map<UUID, Entry> entries;
  private final DroppedKeys dropped = new DroppedKeys();
  private long total;
  private boolean whole = true;

  private static final class Entry {
    private final List<Published> events = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final Set<UUID> ids = new java.util.HashSet<>();
    private final boolean whole;
    private int repeats;

    Entry(boolean whole) {
      this.whole = whole;
    }
  }

  public Journal(int ordersMax) {
    this.ordersMax = ordersMax;
    this.entries = new LinkedHashMap<>(1024, 0.75f, true);
  }

  /// @return is it new? Relays repeat some events after a restart
  public synchronized boolean add(Published event) {
    var entry = entry(event.key());
    if (!entry.ids.add(event.envelope().id())) {
      entry.repeats++;
      return false;
    }
    entry.events.add(event);
    total++;
    return true;
  }

  /// How many events were added up to now.
  public synchronized long total() {
    return total;
  }

  /// Is nothing left out that was ever told? Of an order that was dropped and heard of again it has
  /// the last part only.
  public synchronized boolean isWhole() {
    return whole;
  }

  public synchronized void add(Rejected fact) {
    entry(fact.key()).rejected.add(fact);
  }

  /// In the order in which they were read here.
  public synchronized List<Published> of(UUID key) {
    var entry = entries.get(key);
    return entry == null ? List.of() : List.copyOf(entry.events);
  }

  public synchronized List<Rejected> rejectedOf(UUID key) {
    var entry = entries.get(key);
    return entry == null ? List.of() : List.copyOf(entry.rejected);
  }

  /// How often an event was told again, under the id that it already had.
  public synchronized int repeatsOf(UUID key) {
    var entry = entries.get(key);
    return entry == null ? 0 : entry.repeats;
  }

  public synchronized List<UUID> keys() {
    return List.copyOf(entries.keySet());
  }

  /// The keys that are orders, as far as all is known of them: of one that was dropped and heard of
  /// again nobody can say whether it is as it should be. Sellers have a topic of their own.
  public synchronized List<UUID> orders() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().whole)
        .filter(entry -> entry.getValue().events.stream().anyMatch(Journal::isAboutAnOrder))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isAboutAnOrder(Published event) {
    return !event.topic().equals(MessageFamily.SELLER_ACCOUNTS.topic());
  }

  /// Causes before effects; what does not depend on one another by time, and then as it was read.
  public List<Published> causalOrderOf(UUID key) {
    var events = of(key);
    Map<UUID, Published> waiting = new HashMap<>();
    events.forEach(event -> waiting.put(event.envelope().id(), event));
    List<Published> left = new ArrayList<>(events);
    List<Published> result = new ArrayList<>();
    while (!left.isEmpty()) {
      Published next = null;
      for (var event : left) {
        if (waitsForAnother(event, left, waiting)) continue;
        if (next == null || event.envelope().time().isBefore(next.envelope().time())) next = event;
      }
      // Injected events can name each other as causes; then the first that was read goes first.
      if (next == null) next = left.getFirst();
      left.remove(next);
      waiting.remove(next.envelope().id());
      result.add(next);
    }
    return result;
  }

  private static boolean waitsForAnother(
      Published event, List<Published> left, Map<UUID, Published> waiting) {
    var cause = event.envelope().causationId();
    if (!cause.equals(event.envelope().id()) && waiting.containsKey(cause)) return true;
    var version = event.envelope().streamVersion();
    if (version == null) return false;
    for (var other : left) {
      var before = other.envelope().streamVersion();
      if (before != null
          && before < version
          && other.envelope().subject().equals(event.envelope().subject())) {
        return true;
      }
    }
    return false;
  }

  private Entry entry(UUID key) {
    var entry = entries.computeIfAbsent(key, _ -> new Entry(!dropped.mayContain(key)));
    if (entries.size() > ordersMax) {
      var eldest = entries.keySet().iterator().next();
      entries.remove(eldest);
      dropped.add(eldest);
      whole = false;
    }
    return entry;
  }
}
