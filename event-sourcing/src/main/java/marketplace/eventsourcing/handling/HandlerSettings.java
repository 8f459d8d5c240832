package marketplace.eventsourcing.handling;

import java.time.Duration;
import java.util.Set;

/// The limits of a command handler.
///
/// @param service its name, written beside what it refuses: `order-service`
/// @param batchMembersMax members of one transaction
/// @param waitingCallersMax more are turned away
/// @param waitingFactsMax more wait outside, as do deadlines
/// @param retriesMax of a caller's command after a lost race
/// @param factAttemptsMax faults of one fact before it is set aside, so that it blocks nobody
/// @param keepAnswersFor wall time
/// @param parkFor wall time after which a fact that still waits for its stream is refused
/// @param parkedTooLong the reason of that refusal; an aggregate that refuses a fact for this
///   reason has it parked too: its stream exists, but is not ready for it
/// @param codesNotKept problem codes that ask for another try, beside the mechanism's own
/// @param messageCharactersMax data of one message: below the broker's limit, so that what was
///   accepted can be published
public record HandlerSettings(
    String service,
    int batchMembersMax,
    int waitingCallersMax,
    int waitingFactsMax,
    int waitingDeadlinesMax,
    int retriesMax,
    int factAttemptsMax,
    Duration keepAnswersFor,
    Duration parkFor,
    String parkedTooLong,
    Set<String> codesNotKept,
    int messageCharactersMax) {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  public HandlerSettings {
    codesNotKept = Set.copyOf(codesNotKept);
  }

  public static HandlerSettings of(String service, String parkedTooLong, Set<String> codesNotKept) {
    return new HandlerSettings(
        service,
        128,
        2_000,
        2_000,
        2_000,
        5,
        5,
        Duration.ofHours(24),
        Duration.ofMinutes(5),
        parkedTooLong,
        codesNotKept,
        500_000);
  }

  /// Does anybody outside hear what is told and answered here, so that it must be written?
  boolean leavesProcess() {
    return messageCharactersMax != UNLIMITED;
  }

  /// What is told and answered stays in the process, and is only written for who asks for its text.
  public HandlerSettings withinOneProcess() {
    return new HandlerSettings(
        service,
        batchMembersMax,
        waitingCallersMax,
        waitingFactsMax,
        waitingDeadlinesMax,
        retriesMax,
        factAttemptsMax,
        keepAnswersFor,
        parkFor,
        parkedTooLong,
        codesNotKept,
        UNLIMITED);
  }
}
