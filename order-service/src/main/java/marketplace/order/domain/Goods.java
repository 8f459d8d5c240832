package marketplace.order.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.LineUnits;
import marketplace.kernel.ShipmentId;
import marketplace.kernel.Units;

/// Where each ordered unit is: open, cancelled or in a parcel, never in two places.
///
/// @param withoutRequest what was cancelled without being asked for, kept to recognise repetitions
public record Goods(
    Units ordered,
    Units cancelled,
    List<Parcel> parcels,
    List<Effect.UnitsCancelled> withoutRequest) {
  public Goods {
    parcels = List.copyOf(parcels);
    withoutRequest = List.copyOf(withoutRequest);
  }

  public Units shipped() {
    return sum(parcels);
  }

  public Units open() {
    return ordered.minus(cancelled).minus(shipped());
  }

  /// What the carrier has delivered.
  public Units delivered() {
    return sum(
        parcels.stream().filter(parcel -> parcel.state() == Parcel.State.DELIVERED).toList());
  }

  boolean allCancelled() {
    return cancelled.covers(ordered);
  }

  /// Some unit is shipped, and none is open any more.
  boolean allSent() {
    return !parcels.isEmpty() && open().isEmpty();
  }

  boolean allArrived() {
    return allSent() && delivered().covers(shipped());
  }

  Instant lastReport() {
    return parcels.stream().map(Parcel::since).max(Instant::compareTo).orElseThrow();
  }

  Optional<Parcel> parcel(ShipmentId id) {
    return parcels.stream().filter(parcel -> parcel.shipmentId().equals(id)).findFirst();
  }

  /// The same units, in the order of the lines.
  Units inLineOrder(Units units) {
    if (units.lines().size() < 2) return units;
    return new Units(
        ordered.lines().stream()
            .filter(line -> units.of(line.lineId()) > 0)
            .map(line -> new LineUnits(line.lineId(), units.of(line.lineId())))
            .toList());
  }

  Goods cancel(Units units) {
    return new Goods(ordered, cancelled.plus(units), parcels, withoutRequest);
  }

  Goods cancelAll() {
    return new Goods(ordered, ordered, parcels, withoutRequest);
  }

  Goods remember(Effect.UnitsCancelled effect) {
    return new Goods(ordered, cancelled, parcels, with(withoutRequest, effect));
  }

  Goods send(Parcel parcel) {
    return new Goods(ordered, cancelled, with(parcels, parcel), withoutRequest);
  }

  Goods report(Effect.ParcelReported report) {
    return new Goods(
        ordered,
        cancelled,
        parcels.stream()
            .map(parcel ->
                parcel.shipmentId().equals(report.shipmentId())
                    ? parcel.reported(report.state(), report.reportedAt())
                    : parcel)
            .toList(),
        withoutRequest);
  }

  private Units sum(List<Parcel> some) {
    var sum = Units.NONE;
    for (var parcel : some) sum = sum.plus(parcel.units());
    return inLineOrder(sum);
  }

  private static <T> List<T> with(List<T> list, T one) {
    var more = new ArrayList<>(list);
    more.add(one);
    return more;
  }
}
