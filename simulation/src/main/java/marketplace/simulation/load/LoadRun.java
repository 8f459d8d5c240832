package marketplace.simulation.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A load and what came of it.
///
/// @param summary as `./market load` writes it; null unless it is finished
/// @param why the end of what the program said; null unless it has failed
public record LoadRun(
    UUID loadId, State state, LoadOrder load, @Nullable JsonNode summary, @Nullable String why) {

  public enum State {
    RUNNING,
    FINISHED,
    FAILED
  }
}
