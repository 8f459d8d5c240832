package marketplace.dispute.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.kernel.DisputeId;
import marketplace.kernel.ReturnId;
import marketplace.kernel.ShipmentId;

/// Where the time after the sale of one order stands.
public sealed interface AfterSale {

  /// No order is known here yet.
  record NotOpened() implements AfterSale {}

  /// @param disputes oldest first
  /// @param returns oldest first; of all cases at most one is open
  record Opened(OrderFile file, Window window, List<Dispute> disputes, List<Return> returns)
      implements AfterSale {

    public Opened {
      disputes = List.copyOf(disputes);
      returns = List.copyOf(returns);
    }

    public Sale sale() {
      return file.sale();
    }

    public Goods goods() {
      return file.goods();
    }

    public Optional<Dispute> dispute(DisputeId id) {
      return disputes.stream().filter(dispute -> dispute.id().equals(id)).findFirst();
    }

    public Optional<Return> returned(ReturnId id) {
      return returns.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    Optional<Return> returnOf(ShipmentId id) {
      return returns.stream().filter(one -> id.equals(one.requested().shipmentId())).findFirst();
    }

    public Optional<Dispute> openDispute() {
      return disputes.stream().filter(Dispute::isOpen).findFirst();
    }

    public Optional<Return> openReturn() {
      return returns.stream().filter(Return::isOpen).findFirst();
    }

    /// Is one of these pieces in a case of this order already?
    boolean holdsAnyOf(List<Evidence.Piece> pieces) {
      return Stream.concat(
              disputes.stream().map(Dispute::evidence), returns.stream().map(Return::evidence))
          .flatMap(List::stream)
          .anyMatch(held -> pieces.contains(held.piece()));
    }

    public boolean caseOpen() {
      return openDispute().isPresent() || openReturn().isPresent();
    }

    /// Does the window stand open, for facts if not for people?
    boolean going() {
      return switch (window) {
        case Open _, Overdue _ -> true;
        case Closed _, NoSale _ -> false;
      };
    }

    /// Is there nothing left that the window has to wait for but its end?
    boolean mayClose() {
      return going() && !caseOpen() && goods().settled();
    }

    Opened with(OrderFile next) {
      return new Opened(next, window, disputes, returns);
    }

    Opened with(Goods next) {
      return with(file.with(next));
    }

    Opened in(Window next) {
      return new Opened(file, next, disputes, returns);
    }

    Opened with(Dispute next) {
      var more = new ArrayList<>(disputes);
      more.add(next);
      return new Opened(file, window, more, returns);
    }

    Opened with(Return next) {
      var more = new ArrayList<>(returns);
      more.add(next);
      return new Opened(file, window, disputes, more);
    }

    Opened change(DisputeId id, UnaryOperator<Dispute> change) {
      return new Opened(
          file,
          window,
          disputes.stream().map(one -> one.id().equals(id) ? change.apply(one) : one).toList(),
          returns);
    }

    Opened change(ReturnId id, UnaryOperator<Return> change) {
      return new Opened(
          file,
          window,
          disputes,
          returns.stream().map(one -> one.id().equals(id) ? change.apply(one) : one).toList());
    }
  }

  sealed interface Window {}

  record Open(Instant until) implements Window {}

  /// The window's end has passed while a case or a unit was still open as known here. No case can
  /// be opened any more, and the first event after which nothing is open closes the window (W4).
  record Overdue(Instant until) implements Window {}

  /// Nobody can dispute or return any more; the seller may be paid.
  record Closed(Instant until, Why why, Instant closedAt) implements Window {}

  /// The whole order was cancelled, so there is no sale to come after.
  record NoSale() implements Window {}
}
