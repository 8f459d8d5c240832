package marketplace.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final StreamId STREAM = new StreamId("note", new UUID(0, 1));
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

  private final List<String> evolved = new ArrayList<>();
  private final Decider<String, String, String, String> joining = new Joining("");
  private final Decider<String, String, String, String> marking = new Joining("^");

  @Test
  void folds_once_and_goes_on_from_there() {
    var two = new History<>(STREAM, List.of(event(1), event(2)));
    assertThat(two.fold(joining)).isEqualTo("12");
    assertThat(two.fold(joining)).isEqualTo("12");
    assertThat(evolved).containsExactly("1", "2");

    var three = two.and(event(3));
    assertThat(three.fold(joining)).isEqualTo("123");
    assertThat(evolved).containsExactly("1", "2", "3");
    assertThat(three).isEqualTo(new History<>(STREAM, List.of(event(1), event(2), event(3))));
    assertThat(two.fold(joining)).isEqualTo("12");
  }

  @Test
  void takes_no_other_rules_state_for_its_own() {
    var one = new History<>(STREAM, List.of(event(1)));
    assertThat(one.fold(joining)).isEqualTo("1");
    assertThat(one.fold(marking)).isEqualTo("^1");
    assertThat(one.and(event(2)).fold(joining)).isEqualTo("12");
  }

  @Test
  void an_earlier_one_is_folded_by_itself() {
    var two = new History<>(STREAM, List.of(event(1), event(2)));
    assertThat(two.fold(joining)).isEqualTo("12");
    assertThat(two.upTo(1).fold(joining)).isEqualTo("1");
    assertThat(two.asOf(START.plusSeconds(1)).fold(joining)).isEqualTo("1");
  }

  private static StoredEvent<String> event(int version) {
    return new StoredEvent<>(
        version,
        StoredEvent.eventId(STREAM, version),
        STREAM,
        version,
        version - 1,
        true,
        "note.said.v1",
        String.valueOf(version),
        new Trace(new UUID(0, 2), new UUID(0, 3), "BUYER:1", Origin.SERVICE, null, null),
        START.plusSeconds(version),
        START);
  }

  private final class Joining implements Decider<String, String, String, String> {
    private final String start;

    Joining(String start) {
      this.start = start;
    }

    @Override
    public String initialState() {
      return start;
    }

    @Override
    public Decision<String, String> decide(String command, String state, Instant at) {
      return Decision.accept(List.of(command));
    }

    @Override
    public String evolve(String state, String event) {
      evolved.add(event);
      return state + event;
    }

    @Override
    public Optional<Deadline<String>> nextDeadline(String state) {
      return Optional.empty();
    }
  }
}
