package marketplace.dispute.domain;

import static marketplace.dispute.domain.AfterSaleEvent.Why.FULLY_REFUNDED;
import static marketplace.dispute.domain.AfterSaleEvent.Why.WINDOW_ENDED;
import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.Optional;
import marketplace.dispute.domain.AfterSale.Cancelled;
import marketplace.dispute.domain.AfterSale.Closed;
import marketplace.dispute.domain.AfterSale.NotOpened;
import marketplace.dispute.domain.AfterSale.Open;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSale.Overdue;
import marketplace.dispute.domain.AfterSaleCommand.EndWindow;
import marketplace.dispute.domain.AfterSaleCommand.TakeNote;
import marketplace.dispute.domain.AfterSaleEvent.AfterSaleClosed;
import marketplace.dispute.domain.AfterSaleEvent.CancellationNoted;
import marketplace.dispute.domain.AfterSaleEvent.DeliveryNoted;
import marketplace.dispute.domain.AfterSaleEvent.Noted;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.RefundNoted;
import marketplace.dispute.domain.AfterSaleEvent.ShipmentNoted;
import marketplace.dispute.domain.AfterSaleEvent.UnitsCancelledNoted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.dispute.domain.AfterSaleRejection.DuplicateFact;
import marketplace.dispute.domain.AfterSaleRejection.IllegalTransition;
import marketplace.dispute.domain.AfterSaleRejection.UnknownUnits;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.Units;

/// The rules of the after-sale window (domain, section 8.6). It alone decides when the window
/// closes, because the seller's payout and the buyer's last chance compete for that instant.
public final class AfterSaleDecider
    implements Decider<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection> {
  private static final int RANK_AFTER_SALE_UNTIL = 7;

  @Override
  public AfterSale initialState() {
    return new NotOpened();
  }

  @Override
  public Decision<AfterSaleEvent, AfterSaleRejection> decide(
      AfterSaleCommand command, AfterSale state, Instant at) {
    return switch (command) {
      case TakeNote(var fact) -> takeNote(fact, state, at);
      case EndWindow() -> endWindow(state, at);
    };
  }

  private Decision<AfterSaleEvent, AfterSaleRejection> takeNote(
      Noted fact, AfterSale state, Instant at) {
    return whyNot(fact, state)
        .<Decision<AfterSaleEvent, AfterSaleRejection>>map(Decision::reject)
        .orElseGet(() -> {
          var after = evolve(state, fact);
          return whyClosing(fact, after)
              .<Decision<AfterSaleEvent, AfterSaleRejection>>map(
                  why -> accept(fact, closing(((Opened) after).file(), why, at)))
              .orElseGet(() -> accept(fact));
        });
  }

  /// What speaks against a fact. One that neither asks for a decision nor contradicts what is known
  /// is always taken in, also by a closed window.
  private static Optional<AfterSaleRejection> whyNot(Noted fact, AfterSale state) {
    return switch (state) {
      case NotOpened() ->
          fact instanceof PlacementNoted ? Optional.empty() : Optional.of(new IllegalTransition());
      case Opened opened when opened.file().knows(fact) -> Optional.of(new DuplicateFact());
      case Open(var file, _) -> whyNot(fact, file);
      case Overdue(var file, _) -> whyNot(fact, file);
      case Closed(var file, _, _, _) -> whyNot(fact, file);
      case Cancelled _ ->
          fact instanceof RefundNoted ? Optional.empty() : Optional.of(new IllegalTransition());
    };
  }

  private static Optional<AfterSaleRejection> whyNot(Noted fact, OrderFile file) {
    return switch (fact) {
      case UnitsCancelledNoted noted -> whyNotOpen(noted.units(), file);
      case ShipmentNoted noted -> whyNotOpen(noted.units(), file);
      case CancellationNoted _ ->
          file.shipped().isEmpty() ? Optional.empty() : Optional.of(new IllegalTransition());
      case PlacementNoted _ -> Optional.of(new DuplicateFact());
      case DeliveryNoted _, RefundNoted _ -> Optional.empty();
    };
  }

  private static Optional<AfterSaleRejection> whyNotOpen(Units units, OrderFile file) {
    return file.open().covers(units) ? Optional.empty() : Optional.of(new UnknownUnits());
  }

  /// W7, W5 and W4, in this order: a cancelled order has left the open states before they are
  /// asked.
  private static Optional<Why> whyClosing(Noted fact, AfterSale after) {
    return switch (after) {
      case Open(var file, _) when isFullRefund(fact) && file.settled() ->
          Optional.of(FULLY_REFUNDED);
      case Overdue(var file, _) when isFullRefund(fact) && file.settled() ->
          Optional.of(FULLY_REFUNDED);
      case Overdue(var file, _) when file.settled() -> Optional.of(WINDOW_ENDED);
      case NotOpened _, Open _, Overdue _, Closed _, Cancelled _ -> Optional.empty();
    };
  }

  private static boolean isFullRefund(Noted fact) {
    return fact instanceof RefundNoted noted && noted.full();
  }

  /// W3. Where units are still open as known here, the window waits for the fact that is late.
  private static Decision<AfterSaleEvent, AfterSaleRejection> endWindow(
      AfterSale state, Instant at) {
    return switch (state) {
      case Open(var file, _) when file.settled() -> accept(closing(file, WINDOW_ENDED, at));
      case Open(var file, var until) -> accept(new WindowOverran(file.orderId(), until));
      case Overdue _, Closed _, Cancelled _ -> alreadySo();
      case NotOpened() -> reject(new IllegalTransition());
    };
  }

  private static AfterSaleClosed closing(OrderFile file, Why why, Instant at) {
    return new AfterSaleClosed(file.orderId(), why, at, file.orderVersion());
  }

  @Override
  public AfterSale evolve(AfterSale state, AfterSaleEvent event) {
    return switch (event) {
      case PlacementNoted noted -> new Open(OrderFile.of(noted), noted.until());
      case Noted noted -> noted(state, noted);
      case WindowOverran _ ->
          state instanceof Open(var file, var until) ? new Overdue(file, until) : state;
      case AfterSaleClosed closed -> closed(state, closed);
    };
  }

  private static AfterSale noted(AfterSale state, Noted fact) {
    return switch (state) {
      case NotOpened _ -> state;
      case Open(var file, _) when fact instanceof CancellationNoted ->
          new Cancelled(file.with(fact));
      case Overdue(var file, _) when fact instanceof CancellationNoted ->
          new Cancelled(file.with(fact));
      case Open(var file, _) when fact instanceof DeliveryNoted delivered ->
          new Open(file.with(fact), delivered.until());
      case Open(var file, var until) -> new Open(file.with(fact), until);
      case Overdue(var file, var until) -> new Overdue(file.with(fact), until);
      case Closed(var file, var until, var why, var closedAt) ->
          new Closed(file.with(fact), until, why, closedAt);
      case Cancelled(var file) -> new Cancelled(file.with(fact));
    };
  }

  private static AfterSale closed(AfterSale state, AfterSaleClosed event) {
    return switch (state) {
      case Open(var file, var until) -> new Closed(file, until, event.why(), event.closedAt());
      case Overdue(var file, var until) -> new Closed(file, until, event.why(), event.closedAt());
      case NotOpened _, Closed _, Cancelled _ -> state;
    };
  }

  @Override
  public Optional<Deadline<AfterSaleCommand>> nextDeadline(AfterSale state) {
    return switch (state) {
      case Open(_, var until) ->
          Optional.of(
              new Deadline<>("afterSaleUntil", RANK_AFTER_SALE_UNTIL, until, new EndWindow()));
      case NotOpened _, Overdue _, Closed _, Cancelled _ -> Optional.empty();
    };
  }
}
