package marketplace.seller.domain.fulfilment;

import static marketplace.eventsourcing.Decision.accept;
import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.CancellationId;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SilenceOutcome;
import marketplace.kernel.Units;
import marketplace.seller.domain.fulfilment.Fulfilment.Announced;
import marketplace.seller.domain.fulfilment.Fulfilment.Opened;
import marketplace.seller.domain.fulfilment.Fulfilment.Opening;
import marketplace.seller.domain.fulfilment.Fulfilment.Unknown;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.AgreeToReturn;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Approve;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.BySeller;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.CancelBySeller;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Decline;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Inform;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.LetOfferLapse;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.LetReplyTimePass;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.MissShipDeadline;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteFault;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteRefund;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.NoteReview;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OfOpened;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OfferPartialRefund;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.OpenFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveOfferAnswer;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReceiveRequest;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.RememberOrder;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.RemindSeller;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.ReportTracking;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Ship;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.StartProcessing;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.StopFulfilment;
import marketplace.seller.domain.fulfilment.FulfilmentCommand.Withdraw;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ApprovedBy;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.CancellationWithdrawn;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.DeliveryRefused;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FactNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FaultNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FulfilmentOpened;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FulfilmentStopRefused;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.FulfilmentStopped;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.OrderNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelDelivered;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelInTransit;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelLost;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ParcelReturnedToSender;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.PartialRefundOfferLapsed;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.PartialRefundOfferRejected;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.PartialRefundOffered;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ProcessingStarted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.RefundNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.RequestNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ReturnAgreed;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ReviewNoted;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerApproved;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerCancelled;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerDeclined;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerNotified;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerReminded;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.SellerTimedOut;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipDeadlineMissed;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.ShipmentDispatched;
import marketplace.seller.domain.fulfilment.FulfilmentEvent.WhyDeclined;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.AlreadyProcessing;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.CommentRequired;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.DeadlinePassed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.DuplicateFact;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.ImpossibleFact;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NoRequest;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotOpened;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotShipped;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NotTheSeller;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.NothingCaptured;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OfferLimit;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OfferOutOfRange;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.OneParcelOnly;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.RequestClosed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.TrackingNumberUsed;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.TrackingOrder;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnitsNotOpen;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownRequest;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownShipment;
import marketplace.seller.domain.fulfilment.FulfilmentRejection.UnknownUnits;
import marketplace.seller.domain.fulfilment.Request.Ended;
import marketplace.seller.domain.fulfilment.Request.Expired;
import marketplace.seller.domain.fulfilment.Request.Offer;
import marketplace.seller.domain.fulfilment.Request.Offered;
import marketplace.seller.domain.fulfilment.Request.Pending;
import org.jspecify.annotations.Nullable;

/// Rows F1 to F22 (domain, section 8.2). Where several reasons to refuse apply, the guards stand in
/// the order in which the domain names the codes; only "not your order" comes before all of them,
/// so that nobody learns of another seller's business.
///
/// A limit is open to commands before it. The handler applies what has passed first, so no row
/// compares the time with a deadline: past it, the state is another one already.
public final class FulfilmentDecider
    implements Decider<FulfilmentCommand, Fulfilment, FulfilmentEvent, FulfilmentRejection> {

  @Override
  public Fulfilment initialState() {
    return new Unknown();
  }

  @Override
  public Decision<FulfilmentEvent, FulfilmentRejection> decide(
      FulfilmentCommand command, Fulfilment state, Instant at) {
    return switch (command) {
      case RememberOrder c -> rememberOrder(c, state);
      case OpenFulfilment c -> openFulfilment(c, state, at);
      case OfOpened c ->
          switch (state) {
            case Unknown _, Announced _ -> reject(new NotOpened());
            case Opened o -> decide(c, o, at);
          };
    };
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> decide(
      OfOpened command, Opened o, Instant at) {
    return switch (command) {
      case BySeller c when !c.seller().equals(o.terms().sellerId()) -> reject(new NotTheSeller());
      case StartProcessing _ -> startProcessing(o, at);
      case ReceiveRequest c -> receiveRequest(c, o, at);
      case Approve c -> approve(c, o, at);
      case Decline c -> decline(c, o, at);
      case OfferPartialRefund c -> offerPartialRefund(c, o, at);
      case ReceiveOfferAnswer c -> receiveOfferAnswer(c, o, at);
      case Withdraw c -> withdraw(c, o, at);
      case Ship c -> ship(c, o, at);
      case CancelBySeller c -> cancelBySeller(c, o, at);
      case StopFulfilment c -> stopFulfilment(c, o, at);
      case ReportTracking c -> reportTracking(c, o, at);
      case AgreeToReturn c -> agreeToReturn(c, o, at);
      case Inform c when isTold(c, o) -> reject(new DuplicateFact());
      case Inform c -> accept(new FactNoted(c.fact()));
      case NoteRefund c -> accept(new RefundNoted(c.fact(), c.cancellationId(), c.refundMinor()));
      case NoteFault c ->
          accept(
              new FaultNoted(
                  c.fact(), o.terms().orderId(), o.terms().sellerId(), c.code(), c.causeId()));
      case NoteReview c -> accept(new ReviewNoted(c.fact(), c.stars(), c.reviewedAt()));
      case MissShipDeadline _ -> missShipDeadline(o, at);
      case LetReplyTimePass c -> letReplyTimePass(c, o, at);
      case RemindSeller c -> remindSeller(c, o, at);
      case LetOfferLapse c -> letOfferLapse(c, o, at);
    };
  }

  private static boolean isTold(Inform c, Opened o) {
    return c.notices().stream().allMatch(notice -> o.notified().contains(notice.id()));
  }

  // Opening

  private static Decision<FulfilmentEvent, FulfilmentRejection> rememberOrder(
      RememberOrder c, Fulfilment state) {
    return switch (state) {
      case Unknown _ -> accept(new OrderNoted(c.fact(), c.terms()));
      case Announced _, Opened _ -> reject(new DuplicateFact());
    };
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> openFulfilment(
      OpenFulfilment c, Fulfilment state, Instant at) {
    return switch (state) {
      case Unknown _ -> reject(new NotOpened());
      case Announced a when !a.terms().sellerId().equals(c.seller()) ->
          reject(new ImpossibleFact());
      case Announced _ when c.units().isEmpty() -> reject(new UnknownUnits());
      case Announced a ->
          accept(
              new FactNoted(c.fact()),
              new FulfilmentOpened(
                  a.terms().orderId(),
                  c.seller(),
                  c.shipBy(),
                  c.autoApproveUntil(),
                  c.moneyCaptured(),
                  c.units(),
                  at));
      case Opened _ -> reject(new DuplicateFact());
    };
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> startProcessing(
      Opened o, Instant at) {
    if (o.counts().open().isEmpty()) return reject(new UnitsNotOpen());
    if (o.processing()) return reject(new AlreadyProcessing());
    return accept(new ProcessingStarted(o.terms().orderId(), at));
  }

  // The request

  private static Decision<FulfilmentEvent, FulfilmentRejection> receiveRequest(
      ReceiveRequest c, Opened o, Instant at) {
    var units = c.asked().units();
    if (o.request(c.cancellationId()).isPresent()) return reject(new DuplicateFact());
    if (units.isEmpty() || !o.counts().knows(units)) return reject(new UnknownUnits());
    var noted = new RequestNoted(c.fact(), c.cancellationId(), c.asked());
    var request = Request.pending(c.cancellationId(), c.asked());
    if (!o.counts().open().covers(units)) {
      return accept(noted, declined(o, request, whyNotOpen(units, o.counts()), null, at));
    }
    if (o.openRequest().isPresent()) return reject(new ImpossibleFact());
    if (!o.processing() && c.asked().requestedAt().isBefore(o.opening().autoApproveUntil())) {
      return accept(noted, approved(o, request, ApprovedBy.AUTO_WINDOW, null, null, at));
    }
    return accept(noted);
  }

  private static WhyDeclined whyNotOpen(Units asked, Counts counts) {
    return asked.minus(counts.open()).overlaps(counts.shipped())
        ? WhyDeclined.ALREADY_SHIPPED
        : WhyDeclined.UNITS_NOT_OPEN;
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> approve(
      Approve c, Opened o, Instant at) {
    return o.request(c.cancellationId())
        .map(request ->
            switch (request.stage()) {
              case Pending _, Offered _ ->
                  accepted(approved(o, request, ApprovedBy.SELLER, null, c.comment(), at));
              case Expired e -> refused(new DeadlinePassed(e.deadline()));
              case Ended _ -> refused(new RequestClosed());
            })
        .orElseGet(() -> reject(new UnknownRequest()));
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> decline(
      Decline c, Opened o, Instant at) {
    return o.request(c.cancellationId())
        .map(request ->
            switch (request.stage()) {
              case Pending _, Offered _ when c.comment() == null -> refused(new CommentRequired());
              case Pending _, Offered _ ->
                  accepted(declined(o, request, WhyDeclined.SELLER_REFUSED, c.comment(), at));
              case Expired e -> refused(new DeadlinePassed(e.deadline()));
              case Ended _ -> refused(new RequestClosed());
            })
        .orElseGet(() -> reject(new UnknownRequest()));
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> offerPartialRefund(
      OfferPartialRefund c, Opened o, Instant at) {
    return o.request(c.cancellationId())
        .map(request ->
            switch (request.stage()) {
              case Expired e -> refused(new DeadlinePassed(e.deadline()));
              case Ended _ -> refused(new RequestClosed());
              case Pending _, Offered _ -> offer(c, o, request, at);
            })
        .orElseGet(() -> reject(new UnknownRequest()));
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> offer(
      OfferPartialRefund c, Opened o, Request request, Instant at) {
    var offersMax = o.terms().maxOffersPerRequest();
    var refundMinorMax = request.asked().refundIfApprovedMinor() - 1;
    if (!o.opening().moneyCaptured()) return reject(new NothingCaptured());
    if (request.stage() instanceof Offered || request.offersMade() >= offersMax) {
      return reject(new OfferLimit(offersMax));
    }
    if (c.refundMinor() < 1 || c.refundMinor() > refundMinorMax) {
      return reject(new OfferOutOfRange(refundMinorMax));
    }
    return accept(
        new PartialRefundOffered(
            o.terms().orderId(),
            request.id(),
            c.offerId(),
            o.terms().sellerId(),
            c.refundMinor(),
            c.comment(),
            at,
            at.plus(o.terms().offerAnswerWithin())));
  }

  /// The buyer answered at `answeredAt`; that instant, not the arrival of his answer, is held
  /// against the limit, and tells how long the seller's clock has stood still.
  private static Decision<FulfilmentEvent, FulfilmentRejection> receiveOfferAnswer(
      ReceiveOfferAnswer c, Opened o, Instant at) {
    var request = o.request(c.cancellationId());
    if (request.isEmpty()) return accept(new FactNoted(c.fact()));
    return switch (request.get().stage()) {
      case Expired _, Ended _ -> accept(new FactNoted(c.fact()));
      case Pending _ when request.get().answeredOffers().contains(c.offerId()) ->
          reject(new DuplicateFact());
      case Pending _ -> reject(new ImpossibleFact());
      case Offered(var offer) when !offer.offerId().equals(c.offerId()) ->
          reject(new ImpossibleFact());
      case Offered(var offer)
          when c.answeredAt().isBefore(offer.offeredAt())
              || !c.answeredAt().isBefore(offer.answerBy()) ->
          reject(new ImpossibleFact());
      case Offered(var offer) when c.answer() == OfferAnswer.ACCEPTED ->
          accept(
              new FactNoted(c.fact()),
              approved(o, request.get(), ApprovedBy.OFFER_ACCEPTED, offer.refundMinor(), null, at));
      case Offered(var offer) ->
          accept(
              new FactNoted(c.fact()),
              new PartialRefundOfferRejected(
                  o.terms().orderId(),
                  c.cancellationId(),
                  c.offerId(),
                  at,
                  laterReplyBy(request.get(), offer, c.answeredAt())));
    };
  }

  private static Instant laterReplyBy(Request request, Offer offer, Instant answeredAt) {
    return request.clock().replyBy().plus(Duration.between(offer.offeredAt(), answeredAt));
  }

  /// A withdrawal that comes too late is only noted: the request has ended already.
  private static Decision<FulfilmentEvent, FulfilmentRejection> withdraw(
      Withdraw c, Opened o, Instant at) {
    var noted = new FactNoted(c.fact());
    return o.openRequest().filter(request -> request.id().equals(c.cancellationId())).isPresent()
        ? accept(noted, new CancellationWithdrawn(o.terms().orderId(), c.cancellationId(), at))
        : accept(noted);
  }

  // Units

  private static Decision<FulfilmentEvent, FulfilmentRejection> ship(Ship c, Opened o, Instant at) {
    var open = o.counts().open();
    var units = c.units() == null ? open : c.units();
    if (units.isEmpty() || !open.covers(units)) return reject(new UnitsNotOpen());
    if (c.numberUsed()
        || o.parcels().stream().anyMatch(p -> p.hasNumber(c.carrier(), c.trackingNumber()))) {
      return reject(new TrackingNumberUsed());
    }
    // The carrier collects once, so there is one parcel to collect with.
    if (!o.opening().moneyCaptured() && !units.covers(open)) return reject(new OneParcelOnly());
    return accept(
        new ShipmentDispatched(
            o.terms().orderId(),
            c.shipmentId(),
            o.terms().sellerId(),
            units,
            c.carrier(),
            c.trackingNumber(),
            at,
            at.plus(o.terms().deliverWithin()),
            o.uncoveredBy(units)));
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> cancelBySeller(
      CancelBySeller c, Opened o, Instant at) {
    if (c.reason() == SellerCancellationReason.BUYER_ASKED) return approveAsked(c, o, at);
    var open = o.counts().open();
    var units = c.units() == null ? open : c.units();
    if (units.isEmpty() || !open.covers(units)) return reject(new UnitsNotOpen());
    if (c.reason().needsComment() && c.comment() == null) return reject(new CommentRequired());
    return accept(
        new SellerCancelled(
            o.terms().orderId(),
            o.terms().sellerId(),
            units,
            c.reason(),
            c.reason().fault(),
            c.comment(),
            at,
            o.uncoveredBy(units)));
  }

  /// F17: a seller who says that the buyer asked approves what the buyer asked.
  private static Decision<FulfilmentEvent, FulfilmentRejection> approveAsked(
      CancelBySeller c, Opened o, Instant at) {
    var units = c.units();
    if (units != null && !o.counts().open().covers(units)) return reject(new UnitsNotOpen());
    var asked =
        o.openRequest()
            .filter(request -> units == null || sameUnits(units, request.asked().units()));
    return asked.isPresent()
        ? accept(approved(o, asked.get(), ApprovedBy.SELLER, null, c.comment(), at))
        : reject(new NoRequest());
  }

  private static boolean sameUnits(Units some, Units others) {
    return some.covers(others) && others.covers(some);
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> stopFulfilment(
      StopFulfilment c, Opened o, Instant at) {
    var noted = new FactNoted(c.fact());
    if (o.stopped().contains(c.disputeId())) return reject(new DuplicateFact());
    if (c.units().isEmpty() || !o.counts().knows(c.units())) return reject(new UnknownUnits());
    if (!o.counts().open().covers(c.units())) {
      return accept(noted, new FulfilmentStopRefused(o.terms().orderId(), c.disputeId(), at));
    }
    return accept(
        noted,
        new FulfilmentStopped(
            o.terms().orderId(),
            c.disputeId(),
            c.units(),
            c.fault(),
            at,
            o.uncoveredBy(c.units())));
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> reportTracking(
      ReportTracking c, Opened o, Instant at) {
    var parcel = o.parcel(c.shipmentId());
    if (parcel.isEmpty()) return reject(new UnknownShipment());
    var seenAt = c.seenAt() == null ? at : c.seenAt();
    if (!parcel.get().tracking().mayBecome(c.tracking())
        || seenAt.isAfter(at)
        || seenAt.isBefore(parcel.get().trackedAt())) {
      return reject(new TrackingOrder());
    }
    var orderId = o.terms().orderId();
    return switch (c.tracking()) {
      case DISPATCHED -> reject(new TrackingOrder());
      case IN_TRANSIT -> accept(new ParcelInTransit(orderId, c.shipmentId(), seenAt));
      case DELIVERED -> accept(new ParcelDelivered(orderId, c.shipmentId(), seenAt));
      case LOST -> accept(new ParcelLost(orderId, c.shipmentId(), seenAt));
      case REFUSED -> accept(new DeliveryRefused(orderId, c.shipmentId(), seenAt));
      case RETURNED_TO_SENDER ->
          accept(new ParcelReturnedToSender(orderId, c.shipmentId(), seenAt));
    };
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> agreeToReturn(
      AgreeToReturn c, Opened o, Instant at) {
    if (c.units().isEmpty() || !o.counts().shipped().covers(c.units())) {
      return reject(new NotShipped());
    }
    return accept(
        new ReturnAgreed(o.terms().orderId(), o.terms().sellerId(), c.units(), c.comment(), at));
  }

  // Deadlines. Their commands come from the state, so the other rows only keep the switch total.

  private static Decision<FulfilmentEvent, FulfilmentRejection> missShipDeadline(
      Opened o, Instant at) {
    var open = o.counts().open();
    if (open.isEmpty()) return alreadySo();
    return accept(
        new ShipDeadlineMissed(
            o.terms().orderId(),
            o.terms().sellerId(),
            o.opening().shipBy(),
            open,
            at,
            o.uncoveredBy(open)));
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> letReplyTimePass(
      LetReplyTimePass c, Opened o, Instant at) {
    return o.request(c.cancellationId())
        .filter(request -> request.stage() instanceof Pending)
        .map(request ->
            accepted(
                new SellerTimedOut(
                    o.terms().orderId(),
                    request.id(),
                    o.terms().sellerId(),
                    request.clock().replyBy(),
                    request.asked().replyWithin(),
                    o.terms().onSellerSilence(),
                    request.asked().units(),
                    at)))
        .orElseGet(Decision::alreadySo);
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> remindSeller(
      RemindSeller c, Opened o, Instant at) {
    return o.request(c.cancellationId())
        .filter(request -> request.stage() instanceof Pending)
        .flatMap(request -> request.nextReminder(o.terms().sellerReminders()))
        .map(after ->
            accepted(
                new SellerReminded(
                    o.terms().orderId(), c.cancellationId(), o.terms().sellerId(), after, at)))
        .orElseGet(Decision::alreadySo);
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> letOfferLapse(
      LetOfferLapse c, Opened o, Instant at) {
    var request = o.request(c.cancellationId());
    if (request.isEmpty()) return alreadySo();
    return switch (request.get().stage()) {
      case Offered(var offer) ->
          accept(
              new PartialRefundOfferLapsed(
                  o.terms().orderId(), c.cancellationId(), offer.offerId(), offer.answerBy(), at));
      case Pending _, Expired _, Ended _ -> alreadySo();
    };
  }

  @Override
  public Optional<Deadline<FulfilmentCommand>> nextDeadline(Fulfilment state) {
    return switch (state) {
      case Unknown _, Announced _ -> Optional.empty();
      case Opened o ->
          Stream.concat(shipDeadline(o), o.openRequest().stream().flatMap(r -> deadlines(r, o)))
              .min(
                  Comparator.comparing((Deadline<FulfilmentCommand> due) -> due.dueAt())
                      .thenComparingInt(Deadline::rank));
    };
  }

  private static Stream<Deadline<FulfilmentCommand>> shipDeadline(Opened o) {
    return o.counts().open().isEmpty()
        ? Stream.empty()
        : Stream.of(new Deadline<>("shipBy", 2, o.opening().shipBy(), new MissShipDeadline()));
  }

  private static Stream<Deadline<FulfilmentCommand>> deadlines(Request request, Opened o) {
    return switch (request.stage()) {
      case Pending _ ->
          Stream.concat(
              Stream.of(
                  new Deadline<>(
                      "replyBy", 3, request.clock().replyBy(), new LetReplyTimePass(request.id()))),
              request.nextReminder(o.terms().sellerReminders()).stream()
                  .map(after ->
                      new Deadline<>(
                          "reminder", 4, request.dueAt(after), new RemindSeller(request.id()))));
      case Offered(var offer) ->
          Stream.of(
              new Deadline<>("answerBy", 5, offer.answerBy(), new LetOfferLapse(request.id())));
      case Expired _, Ended _ -> Stream.empty();
    };
  }

  @Override
  public Fulfilment evolve(Fulfilment state, FulfilmentEvent event) {
    return switch (state) {
      case Unknown _ -> event instanceof OrderNoted e ? new Announced(e.terms()) : state;
      case Announced a -> event instanceof FulfilmentOpened e ? opened(a, e) : state;
      case Opened o -> evolve(o, event);
    };
  }

  private static Opened opened(Announced a, FulfilmentOpened e) {
    return new Opened(
        a.terms(),
        new Opening(e.openedAt(), e.shipBy(), e.autoApproveUntil(), e.moneyCaptured()),
        false,
        Counts.allOpen(e.units()),
        List.of(),
        List.of(),
        Set.of(),
        Set.of());
  }

  private static Opened evolve(Opened o, FulfilmentEvent event) {
    return switch (event) {
      case OrderNoted _,
          FactNoted _,
          FaultNoted _,
          ReviewNoted _,
          FulfilmentOpened _,
          FulfilmentStopRefused _,
          ReturnAgreed _ ->
          o;
      case RequestNoted e -> o.plus(Request.pending(e.cancellationId(), e.asked()));
      case RefundNoted e -> o.change(e.cancellationId(), r -> r.withRefund(e.refundMinor()));
      case SellerNotified e -> o.told(e.notificationId());
      case ProcessingStarted _ -> o.inProcessing();
      case SellerApproved e ->
          o.with(o.counts().cancel(e.units()))
              .end(e.cancellationId(), Outcome.APPROVED, e.approvedAt());
      case SellerDeclined e -> o.end(e.cancellationId(), Outcome.DECLINED, e.declinedAt());
      case SellerTimedOut e ->
          (e.outcome() == SilenceOutcome.APPROVE ? o.with(o.counts().cancel(e.units())) : o)
              .change(
                  e.cancellationId(),
                  r -> r.in(new Expired(Outcome.TIMED_OUT, e.replyBy(), e.timedOutAt())));
      case PartialRefundOffered e -> o.change(e.cancellationId(), r -> r.in(offered(e)));
      case PartialRefundOfferRejected e ->
          o.change(
              e.cancellationId(),
              r ->
                  r.in(new Pending())
                      .withAnswered(e.offerId())
                      .withClock(r.clock().movedTo(e.replyBy())));
      case PartialRefundOfferLapsed e ->
          o.change(
              e.cancellationId(),
              r -> r.in(new Expired(Outcome.LAPSED, e.answerBy(), e.lapsedAt())));
      case CancellationWithdrawn e -> o.end(e.cancellationId(), Outcome.WITHDRAWN, e.withdrawnAt());
      case SellerReminded e ->
          o.change(e.cancellationId(), r -> r.withClock(r.clock().remindedOnceMore()));
      case SellerCancelled e -> cancelled(o, e.units(), e.closesCancellationId(), e.cancelledAt());
      case ShipDeadlineMissed e -> cancelled(o, e.units(), e.closesCancellationId(), e.missedAt());
      case FulfilmentStopped e ->
          cancelled(o, e.units(), e.closesCancellationId(), e.stoppedAt()).stoppedBy(e.disputeId());
      case ShipmentDispatched e ->
          o.with(o.counts().ship(e.units()))
              .plus(dispatched(e))
              .end(e.closesCancellationId(), Outcome.SHIPPED, e.dispatchedAt());
      case ParcelInTransit e -> o.track(e.shipmentId(), Tracking.IN_TRANSIT, e.at());
      case ParcelDelivered e -> o.track(e.shipmentId(), Tracking.DELIVERED, e.deliveredAt());
      case DeliveryRefused e -> o.track(e.shipmentId(), Tracking.REFUSED, e.refusedAt());
      case ParcelReturnedToSender e -> o.track(e.shipmentId(), Tracking.RETURNED_TO_SENDER, e.at());
      case ParcelLost e -> o.track(e.shipmentId(), Tracking.LOST, e.at());
    };
  }

  private static Offered offered(PartialRefundOffered e) {
    return new Offered(
        new Offer(e.offerId(), e.refundMinor(), e.comment(), e.offeredAt(), e.answerBy()));
  }

  private static Parcel dispatched(ShipmentDispatched e) {
    return new Parcel(
        e.shipmentId(),
        e.units(),
        e.carrier(),
        e.trackingNumber(),
        e.dispatchedAt(),
        e.deliverBy(),
        Tracking.DISPATCHED,
        e.dispatchedAt());
  }

  private static Opened cancelled(
      Opened o, Units units, @Nullable CancellationId closes, Instant at) {
    return o.with(o.counts().cancel(units)).end(closes, Outcome.OVERTAKEN, at);
  }

  private static SellerApproved approved(
      Opened o,
      Request request,
      ApprovedBy by,
      @Nullable Long agreedRefundMinor,
      @Nullable String comment,
      Instant at) {
    return new SellerApproved(
        o.terms().orderId(),
        request.id(),
        o.terms().sellerId(),
        by,
        request.asked().units(),
        agreedRefundMinor,
        comment,
        at,
        secondsBetween(request.asked().requestedAt(), at));
  }

  private static SellerDeclined declined(
      Opened o, Request request, WhyDeclined why, @Nullable String comment, Instant at) {
    return new SellerDeclined(
        o.terms().orderId(),
        request.id(),
        o.terms().sellerId(),
        why,
        comment,
        at,
        secondsBetween(request.asked().requestedAt(), at));
  }

  private static int secondsBetween(Instant from, Instant to) {
    return Math.toIntExact(
        Math.clamp(Duration.between(from, to).toSeconds(), 0, Integer.MAX_VALUE));
  }

  // Java infers the type of a switch's branches from the first; these say what all of them are.

  private static Decision<FulfilmentEvent, FulfilmentRejection> accepted(FulfilmentEvent event) {
    return accept(event);
  }

  private static Decision<FulfilmentEvent, FulfilmentRejection> refused(
      FulfilmentRejection reason) {
    return reject(reason);
  }
}
