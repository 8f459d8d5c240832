package marketplace.launcher;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What runs: the foreground process that watches over it (none after `up --wait`), and the parts
/// in the order in which they were started.
@JsonIgnoreProperties(ignoreUnknown = true)
record State(int firstPort, List<RunningPart> watchers, List<RunningPart> parts) {
  static final State NOTHING = new State(Ports.FIRST, List.of(), List.of());

  State with(RunningPart part) {
    var all = new ArrayList<>(parts.stream().filter(it -> !it.name().equals(part.name())).toList());
    all.add(part);
    return new State(firstPort, watchers, List.copyOf(all));
  }

  State on(Ports ports) {
    return new State(ports.first(), watchers, parts);
  }

  State watchedBy(RunningPart watcher) {
    return new State(firstPort, List.of(watcher), parts);
  }

  State watchedByNobody() {
    return new State(firstPort, List.of(), parts);
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
}
