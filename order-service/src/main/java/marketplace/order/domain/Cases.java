package marketplace.order.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import marketplace.kernel.CaseType;
import marketplace.kernel.Units;

/// The disputes and returns of an order, as dispute-service has told them: nothing is decided here.
///
/// @param returned what the seller has accepted back
public record Cases(List<Cases.Case> all, Units returned) {
  public static final Cases NONE = new Cases(List.of(), Units.NONE);

  public Cases {
    all = List.copyOf(all);
  }

  /// @param aboutCancellation a refused cancellation, which another request would compete with
  public record Case(CaseType type, UUID id, boolean aboutCancellation, State state) {}

  public enum State {
    AWAITING_SELLER,
    AWAITING_BUYER,
    PLATFORM_REVIEW,
    AWAITING_STOP,
    RESOLVED,
    WITHDRAWN,
    UNDER_REVIEW,
    APPROVED,
    IN_TRANSIT,
    AT_SELLER,
    CONTESTED,
    ACCEPTED,
    REJECTED,
    CLOSED;

    boolean isFinal() {
      return switch (this) {
        case AWAITING_SELLER,
            AWAITING_BUYER,
            PLATFORM_REVIEW,
            AWAITING_STOP,
            UNDER_REVIEW,
            APPROVED,
            IN_TRANSIT,
            AT_SELLER,
            CONTESTED ->
            false;
        case RESOLVED, WITHDRAWN, ACCEPTED, REJECTED, CLOSED -> true;
      };
    }
  }

  public Optional<Case> open() {
    return all.stream().filter(one -> !one.state().isFinal()).findFirst();
  }

  Optional<Case> find(UUID id) {
    return all.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  Cases with(Case next) {
    var more = new ArrayList<>(all);
    more.add(next);
    return new Cases(more, returned);
  }

  Cases move(UUID id, State state) {
    return new Cases(
        all.stream()
            .map(one ->
                one.id().equals(id)
                    ? new Case(one.type(), id, one.aboutCancellation(), state)
                    : one)
            .toList(),
        returned);
  }

  Cases takeBack(Units units) {
    return new Cases(all, returned.plus(units));
  }
}
