package marketplace.seller.domain.account;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.OrderId;
import marketplace.kernel.PenaltyCode;
import marketplace.kernel.SellerStanding;

/// The points of a seller, and what has come of them (domain, section 11).
///
/// @param penalties all there ever were, oldest first: each code and cause counts once, for ever
/// @param lapsed how many of them, the oldest ones, do not count any more
/// @param standing as it was told last
/// @param since when it became so
/// @param restrictionOver the first days of a restriction have passed, in which no order is taken
public record SellerRecord(
    List<Penalty> penalties,
    int lapsed,
    SellerStanding standing,
    Instant since,
    boolean restrictionOver) {
  public static final Duration POINTS_COUNT_FOR = Duration.ofDays(365);

  public SellerRecord {
    penalties = List.copyOf(penalties);
  }

  /// @param causeId what it was for: a request, a settlement, a dispute, or the event itself
  public record Penalty(PenaltyCode code, UUID causeId, OrderId orderId, int points, Instant at) {
    /// From then on it counts no more.
    public Instant lapsesAt() {
      return at.plus(POINTS_COUNT_FOR);
    }
  }

  static SellerRecord clean(Instant since) {
    return new SellerRecord(List.of(), 0, SellerStanding.GOOD, since, false);
  }

  public List<Penalty> counting() {
    return penalties.subList(lapsed, penalties.size());
  }

  public int points() {
    return counting().stream().mapToInt(Penalty::points).sum();
  }

  boolean has(PenaltyCode code, UUID causeId) {
    return penalties.stream().anyMatch(p -> p.code() == code && p.causeId().equals(causeId));
  }

  SellerRecord plus(Penalty penalty) {
    var next = new ArrayList<>(penalties);
    next.add(penalty);
    return new SellerRecord(next, lapsed, standing, since, restrictionOver);
  }

  SellerRecord lapse(int more) {
    return new SellerRecord(penalties, lapsed + more, standing, since, restrictionOver);
  }

  SellerRecord in(SellerStanding next, Instant at) {
    return new SellerRecord(penalties, lapsed, next, at, false);
  }

  SellerRecord withRestrictionOver() {
    return new SellerRecord(penalties, lapsed, standing, since, true);
  }
}
