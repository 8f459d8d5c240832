package marketplace.dispute.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;

/// Where the units of an order are, as known here, and which of the shipped ones were paid back.
///
/// @param receiptConfirmed the buyer says that he has everything that was shipped
/// @param returned back at the seller and accepted
/// @param refused those of `returned` that never reached the buyer
/// @param awarded shipped units that a dispute gave money for, without a return
/// @param missing those of `awarded` that the buyer says he never got
public record Goods(
    Units ordered,
    Units cancelled,
    List<Parcel> parcels,
    boolean receiptConfirmed,
    Units returned,
    Units refused,
    Units awarded,
    Units missing) {

  public Goods {
    parcels = List.copyOf(parcels);
  }

  static Goods allOpen(Units ordered) {
    return new Goods(
        ordered, Units.NONE, List.of(), false, Units.NONE, Units.NONE, Units.NONE, Units.NONE);
  }

  /// Ordered, neither cancelled nor shipped as known here.
  public Units open() {
    return ordered.minus(cancelled).minus(shipped());
  }

  public Units shipped() {
    return sum(parcel -> true);
  }

  /// Is every unit of a real sale on its way or gone? Then nothing can happen to the order but what
  /// happens after a sale.
  boolean settled() {
    return !parcels.isEmpty() && open().isEmpty();
  }

  boolean allReturned() {
    return settled() && returned.covers(shipped());
  }

  /// The shipped units that money was given back for.
  Units givenBack() {
    return returned.plus(awarded);
  }

  /// What the buyer has in his hands, and has not been paid back for. Units of a line are
  /// interchangeable, so those that never reached him are not taken off what did.
  public Units delivered() {
    var arrived =
        receiptConfirmed ? shipped() : sum(parcel -> parcel.state() == Parcel.State.DELIVERED);
    return common(
        arrived.minus(returned.minus(refused)).minus(awarded.minus(missing)),
        shipped().minus(givenBack()));
  }

  /// What the buyer may say by now that he never got.
  Units missing(Instant now) {
    return missing(parcel -> parcel.missing(now));
  }

  private Units missing(Predicate<Parcel> which) {
    if (receiptConfirmed) return Units.NONE;
    return sum(which).minus(returned.minus(refused)).minus(awarded);
  }

  /// When all of `units` may be said to be missing; empty where that will never be.
  Optional<Instant> missingFrom(Units units) {
    return parcels.stream()
        .filter(parcel -> parcel.state() == Parcel.State.DISPATCHED)
        .map(Parcel::deliverBy)
        .sorted(Comparator.naturalOrder())
        .filter(instant -> missing(instant).covers(units))
        .findFirst();
  }

  boolean anyLost(Units units) {
    return parcels.stream()
        .anyMatch(parcel -> parcel.state() == Parcel.State.LOST && parcel.units().overlaps(units));
  }

  public Optional<Parcel> parcel(ShipmentId id) {
    return parcels.stream().filter(parcel -> parcel.shipmentId().equals(id)).findFirst();
  }

  /// Are these all units that were not cancelled?
  boolean isAllLeft(Units units) {
    return units.covers(ordered.minus(cancelled));
  }

  Goods cancel(Units units) {
    return new Goods(
        ordered,
        cancelled.plus(units),
        parcels,
        receiptConfirmed,
        returned,
        refused,
        awarded,
        missing);
  }

  Goods send(Parcel parcel) {
    var more = new ArrayList<>(parcels);
    more.add(parcel);
    return with(more);
  }

  Goods report(ShipmentId id, Parcel.State state) {
    return with(
        parcels.stream()
            .map(parcel -> parcel.shipmentId().equals(id) ? parcel.in(state) : parcel)
            .toList());
  }

  private Goods with(List<Parcel> next) {
    return new Goods(
        ordered, cancelled, next, receiptConfirmed, returned, refused, awarded, missing);
  }

  Goods confirm() {
    return new Goods(ordered, cancelled, parcels, true, returned, refused, awarded, missing);
  }

  Goods takeBack(Units units, boolean neverReached) {
    return new Goods(
        ordered,
        cancelled,
        parcels,
        receiptConfirmed,
        returned.plus(units),
        neverReached ? refused.plus(units) : refused,
        awarded,
        missing);
  }

  Goods award(Units units, boolean neverReached) {
    return new Goods(
        ordered,
        cancelled,
        parcels,
        receiptConfirmed,
        returned,
        refused,
        awarded.plus(units),
        neverReached ? missing.plus(units) : missing);
  }

  private Units sum(Predicate<Parcel> which) {
    return parcels.stream().filter(which).map(Parcel::units).reduce(Units.NONE, Units::plus);
  }

  private static Units common(Units some, Units others) {
    return some.minus(some.minus(others));
  }
}
