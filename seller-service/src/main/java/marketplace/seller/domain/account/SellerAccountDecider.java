package marketplace.seller.domain.account;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.SellerStanding;
import marketplace.seller.domain.account.SellerAccount.Registered;
import marketplace.seller.domain.account.SellerAccount.Unregistered;
import marketplace.seller.domain.account.SellerAccountCommand.EndRestriction;
import marketplace.seller.domain.account.SellerAccountCommand.LapsePoints;
import marketplace.seller.domain.account.SellerAccountCommand.Penalise;
import marketplace.seller.domain.account.SellerAccountCommand.RegisterSeller;
import marketplace.seller.domain.account.SellerAccountEvent.PointsLapsed;
import marketplace.seller.domain.account.SellerAccountEvent.RestrictionEnded;
import marketplace.seller.domain.account.SellerAccountEvent.SellerPenalised;
import marketplace.seller.domain.account.SellerAccountEvent.SellerRegistered;
import marketplace.seller.domain.account.SellerAccountEvent.SellerStandingChanged;
import marketplace.seller.domain.account.SellerAccountEvent.SellerTold;
import marketplace.seller.domain.account.SellerAccountRejection.AlreadyRegistered;
import marketplace.seller.domain.account.SellerAccountRejection.NotRegistered;
import marketplace.seller.domain.account.SellerRecord.Penalty;

/// A seller registers once; points come to him, once for each code and cause, and go after a year.
/// His standing follows from those that count, and is told when it changes (domain, section 11).
public final class SellerAccountDecider
    implements Decider<
        SellerAccountCommand, SellerAccount, SellerAccountEvent, SellerAccountRejection> {

  @Override
  public SellerAccount initialState() {
    return new Unregistered();
  }

  @Override
  public Decision<SellerAccountEvent, SellerAccountRejection> decide(
      SellerAccountCommand command, SellerAccount state, Instant at) {
    return switch (state) {
      case Unregistered _ ->
          switch (command) {
            case RegisterSeller c ->
                accept(new SellerRegistered(c.sellerId(), c.name(), c.country(), c.type(), at));
            case Penalise _, LapsePoints _, EndRestriction _ -> reject(new NotRegistered());
          };
      case Registered seller ->
          switch (command) {
            case RegisterSeller _ -> reject(new AlreadyRegistered());
            case Penalise c -> penalise(c, seller, at);
            case LapsePoints _ -> lapsePoints(seller, at);
            case EndRestriction _ -> accept(new RestrictionEnded(seller.sellerId(), at));
          };
    };
  }

  private static Decision<SellerAccountEvent, SellerAccountRejection> penalise(
      Penalise c, Registered seller, Instant at) {
    if (seller.record().has(c.code(), c.causeId())) return alreadySo();
    var points = c.code().points();
    var total = seller.record().points() + points;
    return accept(
        withStanding(
            new SellerPenalised(
                seller.sellerId(), c.orderId(), c.code(), c.causeId(), points, total, at),
            seller,
            total,
            at));
  }

  /// All that are a year old by now, which may be several.
  private static Decision<SellerAccountEvent, SellerAccountRejection> lapsePoints(
      Registered seller, Instant at) {
    var lapsing =
        seller.record().counting().stream()
            .takeWhile(penalty -> !penalty.lapsesAt().isAfter(at))
            .toList();
    if (lapsing.isEmpty()) return alreadySo();
    var total = seller.record().points() - lapsing.stream().mapToInt(Penalty::points).sum();
    return accept(
        withStanding(
            new PointsLapsed(seller.sellerId(), lapsing.size(), total, at), seller, total, at));
  }

  private static List<SellerAccountEvent> withStanding(
      SellerAccountEvent event, Registered seller, int total, Instant at) {
    List<SellerAccountEvent> events = new ArrayList<>();
    events.add(event);
    var standing = SellerStanding.of(total);
    if (standing != seller.record().standing()) {
      events.add(new SellerStandingChanged(seller.sellerId(), standing, at));
    }
    return events;
  }

  @Override
  public SellerAccount evolve(SellerAccount state, SellerAccountEvent event) {
    return switch (state) {
      case Unregistered _ -> event instanceof SellerRegistered e ? registered(e) : state;
      case Registered seller -> seller.with(evolve(seller.record(), event));
    };
  }

  private static Registered registered(SellerRegistered e) {
    return new Registered(
        e.sellerId(),
        e.name(),
        e.country(),
        e.type(),
        e.registeredAt(),
        SellerRecord.clean(e.registeredAt()));
  }

  private static SellerRecord evolve(SellerRecord record, SellerAccountEvent event) {
    return switch (event) {
      case SellerRegistered _, SellerTold _ -> record;
      case SellerPenalised e ->
          record.plus(new Penalty(e.code(), e.causeId(), e.orderId(), e.points(), e.at()));
      case PointsLapsed e -> record.lapse(e.penalties());
      case SellerStandingChanged e -> record.in(e.standing(), e.at());
      case RestrictionEnded _ -> record.withRestrictionOver();
    };
  }

  @Override
  public Optional<Deadline<SellerAccountCommand>> nextDeadline(SellerAccount state) {
    return switch (state) {
      case Unregistered _ -> Optional.empty();
      case Registered seller ->
          Stream.concat(lapse(seller.record()), restriction(seller.record()))
              .min(Comparator.comparing(Deadline::dueAt));
    };
  }

  private static Stream<Deadline<SellerAccountCommand>> lapse(SellerRecord record) {
    return record.counting().stream()
        .limit(1)
        .map(oldest -> new Deadline<>("pointsLapseAt", 17, oldest.lapsesAt(), new LapsePoints()));
  }

  private static Stream<Deadline<SellerAccountCommand>> restriction(SellerRecord record) {
    return record.standing() == SellerStanding.RESTRICTED && !record.restrictionOver()
        ? Stream.of(
            new Deadline<>(
                "restrictedUntil",
                17,
                record.since().plus(SellerStanding.RESTRICTED_FOR),
                new EndRestriction()))
        : Stream.empty();
  }
}
