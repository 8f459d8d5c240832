package marketplace.eventsourcing.control;

import java.time.Duration;

/// What the fault rules do to one record on its way to the inbox.
///
/// @param delay so late it is handed on, counted from its own time stamp, and so all behind it
/// @param heldBack so late it is handed on, and what follows of its key, while other keys' pass
/// @param twice is it handed on twice?
/// @param lost is it passed over at first? What was polled behind it is handed on, and then all
///   again from the lost one, as by a consumer that starts again from what it has committed
/// @param lostFor so long at least
public record Mishap(
    Duration delay, Duration heldBack, boolean twice, boolean lost, Duration lostFor) {
  public static final Mishap NONE =
      new Mishap(Duration.ZERO, Duration.ZERO, false, false, Duration.ZERO);
}
