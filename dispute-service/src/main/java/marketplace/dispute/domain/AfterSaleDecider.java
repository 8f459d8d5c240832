package marketplace.dispute.domain;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import marketplace.dispute.domain.AfterSale.Closed;
import marketplace.dispute.domain.AfterSale.NoSale;
import marketplace.dispute.domain.AfterSale.NotOpened;
import marketplace.dispute.domain.AfterSale.Open;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSale.Overdue;
import marketplace.dispute.domain.AfterSaleCommand.ByPerson;
import marketplace.dispute.domain.AfterSaleCommand.DraftEvidence;
import marketplace.dispute.domain.AfterSaleCommand.EndWindow;
import marketplace.dispute.domain.AfterSaleCommand.LetConfirmationPass;
import marketplace.dispute.domain.AfterSaleCommand.LetNegotiationPass;
import marketplace.dispute.domain.AfterSaleCommand.LetReturnExpire;
import marketplace.dispute.domain.AfterSaleCommand.LetReviewPass;
import marketplace.dispute.domain.AfterSaleCommand.LetRulingPass;
import marketplace.dispute.domain.AfterSaleCommand.LetSellerReplyPass;
import marketplace.dispute.domain.AfterSaleCommand.OnDispute;
import marketplace.dispute.domain.AfterSaleCommand.OnReturn;
import marketplace.dispute.domain.AfterSaleCommand.OpenDispute;
import marketplace.dispute.domain.AfterSaleCommand.RequestReturn;
import marketplace.dispute.domain.AfterSaleCommand.TakeNote;
import marketplace.dispute.domain.AfterSaleEvent.PlacementNoted;
import marketplace.dispute.domain.AfterSaleEvent.Why;
import marketplace.dispute.domain.AfterSaleEvent.WindowOverran;
import marketplace.dispute.domain.AfterSaleRejection.CaseUnknown;
import marketplace.dispute.domain.AfterSaleRejection.IllegalTransition;
import marketplace.dispute.domain.AfterSaleRejection.NotAParty;
import marketplace.dispute.domain.AfterSaleRejection.OrderUnknown;
import marketplace.dispute.domain.Dispute.AwaitingBuyer;
import marketplace.dispute.domain.Dispute.AwaitingSeller;
import marketplace.dispute.domain.Dispute.AwaitingStop;
import marketplace.dispute.domain.Dispute.PlatformReview;
import marketplace.dispute.domain.Dispute.Resolved;
import marketplace.dispute.domain.Dispute.Withdrawn;
import marketplace.dispute.domain.Return.Accepted;
import marketplace.dispute.domain.Return.Approved;
import marketplace.dispute.domain.Return.AtSeller;
import marketplace.dispute.domain.Return.Contested;
import marketplace.dispute.domain.Return.InTransit;
import marketplace.dispute.domain.Return.Rejected;
import marketplace.dispute.domain.Return.UnderReview;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;

/// The rules of the time after a sale: its window (domain, section 8.6), its disputes and its
/// returns. One aggregate decides all three, because opening a case competes with the window
/// closing, and the seller's payout waits for both.
///
/// A limit is open to commands before it. The handler applies what has passed first, so hardly a
/// row compares the time with a deadline: past it, the state is another one already.
public final class AfterSaleDecider
    implements Decider<AfterSaleCommand, AfterSale, AfterSaleEvent, AfterSaleRejection> {

  @Override
  public AfterSale initialState() {
    return new NotOpened();
  }

  @Override
  public Decision<AfterSaleEvent, AfterSaleRejection> decide(
      AfterSaleCommand command, AfterSale state, Instant at) {
    return switch (state) {
      case NotOpened() -> open(command);
      case Opened o -> decide(command, o, new AfterSaleDraft(o, at));
    };
  }

  /// W1.
  private static Decision<AfterSaleEvent, AfterSaleRejection> open(AfterSaleCommand command) {
    return switch (command) {
      case TakeNote(var fact) when fact instanceof PlacementNoted -> accept(fact);
      case ByPerson _ -> reject(new OrderUnknown());
      case TakeNote _, EndWindow _, OnDispute _, OnReturn _ -> reject(new IllegalTransition());
    };
  }

  private static Decision<AfterSaleEvent, AfterSaleRejection> decide(
      AfterSaleCommand command, Opened o, AfterSaleDraft draft) {
    return switch (command) {
      case ByPerson c when !c.actor().mayActIn(o.sale()) -> reject(new NotAParty());
      case TakeNote(var fact) -> Noting.take(fact, draft);
      case EndWindow() -> endWindow(o, draft);
      case DraftEvidence _ -> alreadySo();
      case OpenDispute c -> Disputing.open(c, draft);
      case RequestReturn c -> Returning.request(c, draft);
      case OnDispute c ->
          o.dispute(c.disputeId())
              .map(dispute -> Disputing.decide(c, dispute, draft))
              .orElseGet(() -> reject(new CaseUnknown()));
      case OnReturn c ->
          o.returned(c.returnId())
              .map(one -> Returning.decide(c, one, draft))
              .orElseGet(() -> reject(new CaseUnknown()));
    };
  }

  /// W3. While a case or, as known here, a unit is open, the window waits for its end (W4).
  private static Decision<AfterSaleEvent, AfterSaleRejection> endWindow(
      Opened o, AfterSaleDraft draft) {
    return switch (o.window()) {
      case Open _ when o.mayClose() -> draft.close(Why.WINDOW_ENDED).accepted();
      case Open(var until) -> draft.and(new WindowOverran(draft.orderId(), until)).accepted();
      case Overdue _, Closed _, NoSale _ -> alreadySo();
    };
  }

  @Override
  public AfterSale evolve(AfterSale state, AfterSaleEvent event) {
    return switch (state) {
      case NotOpened() ->
          event instanceof PlacementNoted placed
              ? new Opened(OrderFile.of(placed), new Open(placed.until()), List.of(), List.of())
              : state;
      case Opened o -> AfterSaleFold.next(o, event);
    };
  }

  @Override
  public Optional<Deadline<AfterSaleCommand>> nextDeadline(AfterSale state) {
    return switch (state) {
      case NotOpened() -> Optional.empty();
      case Opened o when !o.caseOpen() -> ofWindow(o).findFirst();
      case Opened o ->
          Stream.of(
                  ofWindow(o),
                  o.openDispute().stream().flatMap(dispute -> ofDispute(dispute, o)),
                  o.openReturn().stream().flatMap(AfterSaleDecider::ofReturn))
              .flatMap(deadlines -> deadlines)
              .min(
                  Comparator.<Deadline<AfterSaleCommand>, Instant>comparing(Deadline::dueAt)
                      .thenComparingInt(Deadline::rank));
    };
  }

  private static Stream<Deadline<AfterSaleCommand>> ofWindow(Opened o) {
    return o.window() instanceof Open(var until)
        ? Stream.of(new Deadline<>("afterSaleUntil", 7, until, new EndWindow()))
        : Stream.empty();
  }

  private static Stream<Deadline<AfterSaleCommand>> ofDispute(Dispute dispute, Opened o) {
    var negotiateUntil =
        new Deadline<AfterSaleCommand>(
            "negotiateUntil",
            9,
            dispute.opened().negotiateUntil(),
            new LetNegotiationPass(dispute.id()));
    return switch (dispute.stage()) {
      case AwaitingSeller(var replyBy) when dispute.silenceDecides(o.goods()) ->
          Stream.of(
              new Deadline<>("sellerReplyBy", 8, replyBy, new LetSellerReplyPass(dispute.id())),
              negotiateUntil);
      case AwaitingSeller _, AwaitingBuyer _ -> Stream.of(negotiateUntil);
      case PlatformReview(var overdue) ->
          Stream.ofNullable(overdue ? null : dispute.ruleBy())
              .map(ruleBy -> new Deadline<>("ruleBy", 10, ruleBy, new LetRulingPass(dispute.id())));
      case AwaitingStop _, Resolved _, Withdrawn _ -> Stream.empty();
    };
  }

  private static Stream<Deadline<AfterSaleCommand>> ofReturn(Return one) {
    return switch (one.stage()) {
      case UnderReview(var reviewBy) ->
          Stream.of(new Deadline<>("reviewBy", 11, reviewBy, new LetReviewPass(one.id())));
      case Approved(var shipBackBy) ->
          Stream.of(new Deadline<>("shipBackBy", 12, shipBackBy, new LetReturnExpire(one.id())));
      case AtSeller(var confirmBy) ->
          Stream.of(
              new Deadline<>("sellerConfirmBy", 13, confirmBy, new LetConfirmationPass(one.id())));
      case InTransit _, Contested _, Accepted _, Rejected _, Return.Closed _ -> Stream.empty();
    };
  }
}
