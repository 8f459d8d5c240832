package marketplace.launcher;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What runs: the foreground process that watches over it (none after `up --wait`), and the parts
/// in the order in which they were started.
///
/// @param told what has been done to a part on purpose, so that nobody takes it for an accident
/// @param small were they started with less memory?
/// @param empty were they started without a population?
/// @param instances of each service
@JsonIgnoreProperties(ignoreUnknown = true)
record State(
    int firstPort,
    List<RunningPart> watchers,
    List<RunningPart> parts,
    Map<String, Told> told,
    boolean small,
    boolean empty,
    int instances) {
  static final State NOTHING = new State(Ports.FIRST, List.of(), List.of());

  /// Whether a part is away because somebody wants it so.
  enum Told {
    STOPPED,
    PAUSED
  }

  State {
    // A file of an earlier build has none.
    told = Map.copyOf(Objects.requireNonNullElse(told, Map.of()));
    instances = Math.max(1, instances);
  }

  State(int firstPort, List<RunningPart> watchers, List<RunningPart> parts) {
    this(firstPort, watchers, parts, Map.of(), false, false, 1);
  }

  /// A part that was started does what it is there for, whatever was done to it before.
  State with(RunningPart part) {
    var all = new ArrayList<>(parts.stream().filter(it -> !it.name().equals(part.name())).toList());
    all.add(part);
    return new State(firstPort, watchers, List.copyOf(all), told, small, empty, instances)
        .told(part.name(), null);
  }

  State on(Ports ports) {
    return new State(ports.first(), watchers, parts, told, small, empty, instances);
  }

  State startedWith(boolean littleMemory, boolean noPopulation) {
    return new State(firstPort, watchers, parts, told, littleMemory, noPopulation, instances);
  }

  State withFirstInstancesOnly() {
    var first = parts.stream().filter(part -> !Service.isFurther(part.name())).toList();
    return new State(firstPort, watchers, first, told, small, empty, instances);
  }

  State withInstances(int ofEachService) {
    return new State(firstPort, watchers, parts, told, small, empty, ofEachService);
  }

  State watchedBy(RunningPart watcher) {
    return new State(firstPort, List.of(watcher), parts, told, small, empty, instances);
  }

  State watchedByNobody() {
    return new State(firstPort, List.of(), parts, told, small, empty, instances);
  }

  /// @param what null where it is left to itself again
  State told(String name, @Nullable Told what) {
    var next = new HashMap<>(told);
    if (what == null) {
      next.remove(name);
    } else {
      next.put(name, what);
    }
    return new State(firstPort, watchers, parts, next, small, empty, instances);
  }

  boolean isTold(String name, Told what) {
    return told.get(name) == what;
  }

  Optional<RunningPart> part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst();
  }

  /// The process that the user's terminal waits for, if there is one.
  Optional<RunningPart> watcher() {
    return watchers.stream().filter(RunningPart::alive).findFirst();
  }

  List<RunningPart> alive() {
    return parts.stream().filter(RunningPart::alive).toList();
  }

  /// `running`, `paused`, `stopped` on purpose, or `dead`.
  String condition(RunningPart part) {
    if (!part.alive()) {
      return isTold(part.name(), Told.STOPPED) ? "stopped" : "dead";
    }
    return isTold(part.name(), Told.PAUSED) ? "paused" : "running";
  }
}
