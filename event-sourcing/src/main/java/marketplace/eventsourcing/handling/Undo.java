package marketplace.eventsourcing.handling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Takes back what a member of a batch has changed in memory, where it turns out to fail.
final class Undo {
  private final List<Runnable> steps = new ArrayList<>();

  int mark() {
    return steps.size();
  }

  void to(int mark) {
    while (steps.size() > mark) steps.removeLast().run();
  }

  void add(Runnable step) {
    steps.add(step);
  }

  <K, V> void put(Map<K, V> map, K key, V value) {
    var known = map.containsKey(key);
    var before = map.put(key, value);
    steps.add(() -> {
      if (known) map.put(key, before);
      else map.remove(key);
    });
  }

  <K, V> void remove(Map<K, V> map, K key) {
    if (!map.containsKey(key)) return;
    var before = map.remove(key);
    steps.add(() -> map.put(key, before));
  }
}
