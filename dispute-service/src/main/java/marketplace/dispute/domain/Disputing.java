package marketplace.dispute.domain;

import static marketplace.eventsourcing.Decision.alreadySo;
import static marketplace.eventsourcing.Decision.reject;

import java.time.Instant;
import java.util.Optional;
import marketplace.dispute.domain.AfterSale.Opened;
import marketplace.dispute.domain.AfterSaleCommand.AcceptClaim;
import marketplace.dispute.domain.AfterSaleCommand.AcceptOffer;
import marketplace.dispute.domain.AfterSaleCommand.AddDisputeEvidence;
import marketplace.dispute.domain.AfterSaleCommand.Escalate;
import marketplace.dispute.domain.AfterSaleCommand.LetNegotiationPass;
import marketplace.dispute.domain.AfterSaleCommand.LetRulingPass;
import marketplace.dispute.domain.AfterSaleCommand.LetSellerReplyPass;
import marketplace.dispute.domain.AfterSaleCommand.MakeOffer;
import marketplace.dispute.domain.AfterSaleCommand.OnDispute;
import marketplace.dispute.domain.AfterSaleCommand.OpenDispute;
import marketplace.dispute.domain.AfterSaleCommand.RejectClaim;
import marketplace.dispute.domain.AfterSaleCommand.RejectOffer;
import marketplace.dispute.domain.AfterSaleCommand.RuleDispute;
import marketplace.dispute.domain.AfterSaleCommand.WithdrawDispute;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEscalated;
import marketplace.dispute.domain.AfterSaleEvent.DisputeEvidenceAdded;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferMade;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOfferRejected;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOpened;
import marketplace.dispute.domain.AfterSaleEvent.DisputeResolved;
import marketplace.dispute.domain.AfterSaleEvent.DisputeRulingOverdue;
import marketplace.dispute.domain.AfterSaleEvent.DisputeWithdrawn;
import marketplace.dispute.domain.AfterSaleEvent.RulingMade;
import marketplace.dispute.domain.AfterSaleRejection.AwardOutOfRange;
import marketplace.dispute.domain.AfterSaleRejection.CaseClosed;
import marketplace.dispute.domain.AfterSaleRejection.ClaimTooHigh;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceLimit;
import marketplace.dispute.domain.AfterSaleRejection.EvidenceRequired;
import marketplace.dispute.domain.AfterSaleRejection.Invalid;
import marketplace.dispute.domain.AfterSaleRejection.NotUnderReview;
import marketplace.dispute.domain.AfterSaleRejection.NotYourTurn;
import marketplace.dispute.domain.AfterSaleRejection.OfferClosed;
import marketplace.dispute.domain.AfterSaleRejection.TooEarly;
import marketplace.dispute.domain.Dispute.AwaitingBuyer;
import marketplace.dispute.domain.Dispute.AwaitingSeller;
import marketplace.dispute.domain.Dispute.AwaitingStop;
import marketplace.dispute.domain.Dispute.PlatformReview;
import marketplace.dispute.domain.Dispute.Resolved;
import marketplace.dispute.domain.Dispute.Withdrawn;
import marketplace.eventsourcing.Decision;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.EscalatedBy;
import marketplace.kernel.Fault;
import marketplace.kernel.Remedy;
import marketplace.kernel.RuledBy;
import marketplace.kernel.Units;
import marketplace.kernel.Uphold;

/// Rows A1 to A19 (domain, section 8.4).
final class Disputing {
  private Disputing() {}

  /// A1.
  static Decision<AfterSaleEvent, AfterSaleRejection> open(OpenDispute c, AfterSaleDraft draft) {
    var o = draft.state();
    if (o.dispute(c.disputeId()).isPresent()) return alreadySo();
    var units = o.sale().inLineOrder(c.units());
    var refusal = Rights.whyNoDispute(o, c.reason(), c.units(), draft.at());
    if (refusal.isPresent()) return reject(refusal.get());
    var maxMinor = Rights.maxClaimMinor(o, c.reason(), units);
    var claimMinor = c.claimMinor() == null ? maxMinor : c.claimMinor();
    if (claimMinor > maxMinor || maxMinor == 0) return reject(new ClaimTooHigh(maxMinor));
    if (c.reason().aboutDelivered() && c.evidence().isEmpty()) {
      return reject(new EvidenceRequired());
    }
    if (c.evidence().size() > Evidence.PIECES_MAX) return reject(new EvidenceLimit());
    if (o.holdsAnyOf(c.evidence())) return reject(Invalid.EVIDENCE_USED);
    var invalid = whyNotThat(c.reason(), c.remedy(), claimMinor, maxMinor, units, o);
    if (invalid.isPresent()) return reject(invalid.get());
    var terms = o.sale().terms();
    draft.and(
        new DisputeOpened(
            draft.orderId(),
            c.disputeId(),
            o.sale().buyerId(),
            o.sale().sellerId(),
            units,
            c.reason(),
            c.remedy(),
            claimMinor,
            maxMinor,
            o.sale().currency(),
            c.text(),
            draft.at(),
            draft.at().plus(terms.disputeSellerReplyWithin()),
            draft.at().plus(terms.disputeNegotiateFor())));
    for (var piece : c.evidence()) {
      draft.and(
          new DisputeEvidenceAdded(
              draft.orderId(), c.disputeId(), CaseParty.BUYER, piece, draft.at()));
    }
    return draft.accepted();
  }

  /// What a buyer may not claim, though it is not too much: a part of a cancellation, or the return
  /// of what he has not got.
  private static Optional<AfterSaleRejection> whyNotThat(
      DisputeReason reason, Remedy remedy, long amountMinor, long maxMinor, Units units, Opened o) {
    if (amountMinor < 1) return Optional.of(new Invalid("/claimMinor", "must be at least 1"));
    if (reason == DisputeReason.CANCELLATION_REFUSED && amountMinor != maxMinor) {
      return Optional.of(
          new Invalid("/claimMinor", "must be " + maxMinor + ": a cancellation is whole"));
    }
    return whyNotReturned(reason, remedy, units, o);
  }

  private static Optional<AfterSaleRejection> whyNotReturned(
      DisputeReason reason, Remedy remedy, Units units, Opened o) {
    return remedy == Remedy.RETURN_AND_REFUND && !returnable(reason, units, o)
        ? Optional.of(new Invalid("/remedy", "units can be returned once they are delivered"))
        : Optional.empty();
  }

  private static boolean returnable(DisputeReason reason, Units units, Opened o) {
    return reason != DisputeReason.CANCELLATION_REFUSED && o.goods().delivered().covers(units);
  }

  static Decision<AfterSaleEvent, AfterSaleRejection> decide(
      OnDispute command, Dispute dispute, AfterSaleDraft draft) {
    return switch (command) {
      case AcceptClaim _ -> acceptClaim(dispute, draft);
      case RejectClaim c -> rejectClaim(c, dispute, draft);
      case MakeOffer c when c.actor().party() == CaseParty.BUYER -> claimAnew(c, dispute, draft);
      case MakeOffer c -> offer(c, dispute, draft);
      case AcceptOffer c -> acceptOffer(c, dispute, draft);
      case RejectOffer c -> rejectOffer(c, dispute, draft);
      case Escalate _ -> escalate(dispute, draft);
      case WithdrawDispute _ -> withdraw(dispute, draft);
      case RuleDispute c -> rule(c, dispute, draft);
      case AddDisputeEvidence c -> addEvidence(c, dispute, draft);
      case LetSellerReplyPass _ -> letSellerReplyPass(dispute, draft);
      case LetNegotiationPass _ -> letNegotiationPass(dispute, draft);
      case LetRulingPass _ -> letRulingPass(dispute, draft);
    };
  }

  /// A2 and A19.
  private static Decision<AfterSaleEvent, AfterSaleRejection> acceptClaim(
      Dispute dispute, AfterSaleDraft draft) {
    return switch (dispute.stage()) {
      case AwaitingSeller _, AwaitingBuyer _, PlatformReview _ ->
          giveIn(RuledBy.SELLER_ACCEPTED, DisputeEnd.SELLER_ACCEPTED, dispute, draft).accepted();
      case AwaitingStop _ -> reject(new NotYourTurn());
      case Resolved _, Withdrawn _ -> reject(new CaseClosed());
    };
  }

  /// The claim is granted by the seller's word or by his silence. Where its units can still be
  /// shipped, they first have to be kept from it.
  private static AfterSaleDraft giveIn(
      RuledBy by, DisputeEnd how, Dispute dispute, AfterSaleDraft draft) {
    if (dispute.stoppable(draft.state().goods())) {
      return draft.and(
          new RulingMade(
              draft.orderId(),
              dispute.id(),
              dispute.units(),
              by,
              Uphold.FULL,
              dispute.claim().amountMinor(),
              Fault.SELLER,
              false,
              true,
              "",
              draft.at()));
    }
    var fault =
        by == RuledBy.SELLER_SILENT ? Fault.SELLER : dispute.chargedFault(draft.state().goods());
    return award(
        how, dispute, dispute.claim().remedy(), dispute.claim().amountMinor(), fault, draft);
  }

  /// A3.
  private static Decision<AfterSaleEvent, AfterSaleRejection> offer(
      MakeOffer c, Dispute dispute, AfterSaleDraft draft) {
    // All of it, for units that can still be shipped, is for the seller to accept, not to offer.
    var maxMinor =
        dispute.stoppable(draft.state().goods())
            ? dispute.opened().maxClaimMinor() - 1
            : dispute.opened().maxClaimMinor();
    if (c.amountMinor() > maxMinor) return reject(new ClaimTooHigh(maxMinor));
    return switch (dispute.stage()) {
      case AwaitingSeller _ -> made(c, dispute, draft);
      case AwaitingBuyer _, PlatformReview _, AwaitingStop _ -> reject(new NotYourTurn());
      case Resolved _, Withdrawn _ -> reject(new CaseClosed());
    };
  }

  private static Decision<AfterSaleEvent, AfterSaleRejection> made(
      MakeOffer c, Dispute dispute, AfterSaleDraft draft) {
    if (c.amountMinor() < 1) return reject(new Invalid("/amountMinor", "must be at least 1"));
    var invalid = whyNotReturned(dispute.reason(), c.remedy(), dispute.units(), draft.state());
    if (invalid.isPresent()) return reject(invalid.get());
    return draft.and(offerMade(c, dispute, draft)).accepted();
  }

  /// A8.
  private static Decision<AfterSaleEvent, AfterSaleRejection> claimAnew(
      MakeOffer c, Dispute dispute, AfterSaleDraft draft) {
    var maxMinor = dispute.opened().maxClaimMinor();
    if (c.amountMinor() > maxMinor) return reject(new ClaimTooHigh(maxMinor));
    return switch (dispute.stage()) {
      case AwaitingBuyer _ -> {
        var invalid =
            whyNotThat(
                dispute.reason(),
                c.remedy(),
                c.amountMinor(),
                maxMinor,
                dispute.units(),
                draft.state());
        yield invalid.isPresent()
            ? reject(invalid.get())
            : draft.and(offerMade(c, dispute, draft)).accepted();
      }
      case AwaitingSeller _, PlatformReview _, AwaitingStop _ -> reject(new NotYourTurn());
      case Resolved _, Withdrawn _ -> reject(new CaseClosed());
    };
  }

  private static DisputeOfferMade offerMade(MakeOffer c, Dispute dispute, AfterSaleDraft draft) {
    var replyWithin = draft.state().sale().terms().disputeSellerReplyWithin();
    return new DisputeOfferMade(
        draft.orderId(),
        dispute.id(),
        c.offerId(),
        c.actor().party(),
        c.remedy(),
        c.amountMinor(),
        c.comment(),
        draft.at(),
        c.actor().party() == CaseParty.BUYER ? draft.at().plus(replyWithin) : null);
  }

  /// A4.
  private static Decision<AfterSaleEvent, AfterSaleRejection> rejectClaim(
      RejectClaim c, Dispute dispute, AfterSaleDraft draft) {
    return switch (dispute.stage()) {
      case AwaitingSeller _ ->
          draft
              .and(
                  new DisputeOfferRejected(
                      draft.orderId(),
                      dispute.id(),
                      null,
                      CaseParty.SELLER,
                      c.comment(),
                      draft.at()))
              .accepted();
      case AwaitingBuyer _, PlatformReview _, AwaitingStop _ -> reject(new NotYourTurn());
      case Resolved _, Withdrawn _ -> reject(new CaseClosed());
    };
  }

  /// A6.
  private static Decision<AfterSaleEvent, AfterSaleRejection> acceptOffer(
      AcceptOffer c, Dispute dispute, AfterSaleDraft draft) {
    return switch (dispute.stage()) {
      case AwaitingBuyer _, PlatformReview _ -> {
        var offer = dispute.standing(c.offerId());
        if (offer.isEmpty()) yield reject(new OfferClosed());
        yield award(
                DisputeEnd.OFFER_ACCEPTED,
                dispute,
                offer.get().remedy(),
                offer.get().amountMinor(),
                dispute.chargedFault(draft.state().goods()),
                draft)
            .accepted();
      }
      case AwaitingSeller _, AwaitingStop _ -> reject(new OfferClosed());
      case Resolved _, Withdrawn _ -> reject(new CaseClosed());
    };
  }

  /// A7.
  private static Decision<AfterSaleEvent, AfterSaleRejection> rejectOffer(
      RejectOffer c, Dispute dispute, AfterSaleDraft draft) {
    return switch (dispute.stage()) {
      case AwaitingBuyer _ when dispute.standing(c.offerId()).isPresent() ->
          draft
              .and(
                  new DisputeOfferRejected(
                      draft.orderId(), dispute.id(), c.offerId(), CaseParty.BUYER, "", draft.at()))
              .accepted();
      case PlatformReview _ when dispute.standing(c.offerId()).isPresent() ->
          reject(new NotYourTurn());
      case AwaitingSeller _, AwaitingBuyer _, PlatformReview _, AwaitingStop _ ->
          reject(new OfferClosed());
      case Resolved _, Withdrawn _ -> reject(new CaseClosed());
    };
  }

  /// A9. It can only be too early for what is still to be settled between the two.
  private static Decision<AfterSaleEvent, AfterSaleRejection> escalate(
      Dispute dispute, AfterSaleDraft draft) {
    var from = dispute.opened().openedAt().plus(draft.state().sale().terms().disputeEscalateFrom());
    return switch (dispute.stage()) {
      case AwaitingSeller _, AwaitingBuyer _ when draft.at().isBefore(from) ->
          reject(new TooEarly(from));
      case AwaitingSeller _, AwaitingBuyer _ ->
          draft.and(escalated(EscalatedBy.BUYER, dispute, draft)).accepted();
      case PlatformReview _, AwaitingStop _ -> reject(new NotYourTurn());
      case Resolved _, Withdrawn _ -> reject(new CaseClosed());
    };
  }

  private static DisputeEscalated escalated(EscalatedBy by, Dispute dispute, AfterSaleDraft draft) {
    return new DisputeEscalated(
        draft.orderId(), dispute.id(), by, draft.at(), ruleBy(draft.state(), draft.at()));
  }

  static Instant ruleBy(Opened o, Instant from) {
    return from.plus(o.sale().terms().disputeRuleWithin());
  }

  /// A16.
  private static Decision<AfterSaleEvent, AfterSaleRejection> withdraw(
      Dispute dispute, AfterSaleDraft draft) {
    return switch (dispute.stage()) {
      case AwaitingSeller _, AwaitingBuyer _, PlatformReview _ ->
          draft.and(new DisputeWithdrawn(draft.orderId(), dispute.id(), draft.at())).accepted();
      case AwaitingStop _ -> reject(new NotYourTurn());
      case Resolved _, Withdrawn _ -> reject(new CaseClosed());
    };
  }

  /// A11, A12 and A15.
  private static Decision<AfterSaleEvent, AfterSaleRejection> rule(
      RuleDispute c, Dispute dispute, AfterSaleDraft draft) {
    var stop = dispute.reason() == DisputeReason.CANCELLATION_REFUSED && c.uphold() != Uphold.NONE;
    var minMinor = stop ? dispute.claim().amountMinor() : 0;
    var maxMinor =
        stop ? minMinor : c.uphold() == Uphold.NONE ? 0 : dispute.opened().maxClaimMinor();
    if (!(dispute.stage() instanceof PlatformReview)) return reject(new NotUnderReview());
    if (c.awardMinor() < minMinor || c.awardMinor() > maxMinor) {
      return reject(new AwardOutOfRange(minMinor, maxMinor));
    }
    if (c.returnRequired()
        && (c.awardMinor() == 0 || !returnable(dispute.reason(), dispute.units(), draft.state()))) {
      return reject(
          new Invalid("/returnRequired", "only delivered units are returned, for their money"));
    }
    draft.and(
        new RulingMade(
            draft.orderId(),
            dispute.id(),
            dispute.units(),
            RuledBy.PLATFORM,
            c.uphold(),
            c.awardMinor(),
            c.fault(),
            c.returnRequired(),
            stop,
            c.text(),
            draft.at()));
    if (stop) return draft.accepted();
    var remedy = c.returnRequired() ? Remedy.RETURN_AND_REFUND : Remedy.REFUND_ONLY;
    return award(DisputeEnd.RULING, dispute, remedy, c.awardMinor(), c.fault(), draft).accepted();
  }

  /// A18.
  private static Decision<AfterSaleEvent, AfterSaleRejection> addEvidence(
      AddDisputeEvidence c, Dispute dispute, AfterSaleDraft draft) {
    if (!dispute.isOpen()) return reject(new CaseClosed());
    if (dispute.evidence().size() >= Evidence.PIECES_MAX) return reject(new EvidenceLimit());
    return draft
        .and(
            new DisputeEvidenceAdded(
                draft.orderId(), dispute.id(), c.actor().party(), c.piece(), draft.at()))
        .accepted();
  }

  /// A5, or A19 for a seller who says nothing.
  private static Decision<AfterSaleEvent, AfterSaleRejection> letSellerReplyPass(
      Dispute dispute, AfterSaleDraft draft) {
    return dispute.stage() instanceof AwaitingSeller
            && dispute.silenceDecides(draft.state().goods())
        ? giveIn(RuledBy.SELLER_SILENT, DisputeEnd.SELLER_SILENT, dispute, draft).accepted()
        : alreadySo();
  }

  /// A10.
  private static Decision<AfterSaleEvent, AfterSaleRejection> letNegotiationPass(
      Dispute dispute, AfterSaleDraft draft) {
    return switch (dispute.stage()) {
      case AwaitingSeller _, AwaitingBuyer _ ->
          draft.and(escalated(EscalatedBy.DEADLINE, dispute, draft)).accepted();
      case PlatformReview _, AwaitingStop _, Resolved _, Withdrawn _ -> alreadySo();
    };
  }

  /// D10. Nothing decides in the platform's place.
  private static Decision<AfterSaleEvent, AfterSaleRejection> letRulingPass(
      Dispute dispute, AfterSaleDraft draft) {
    var ruleBy = dispute.ruleBy();
    return ruleBy != null && dispute.stage() instanceof PlatformReview(var overdue) && !overdue
        ? draft.and(new DisputeRulingOverdue(draft.orderId(), dispute.id(), ruleBy)).accepted()
        : alreadySo();
  }

  private static AfterSaleDraft award(
      DisputeEnd how,
      Dispute dispute,
      Remedy remedy,
      long awardMinor,
      Fault fault,
      AfterSaleDraft draft) {
    var returned = remedy == Remedy.RETURN_AND_REFUND && awardMinor > 0;
    var settledBy =
        returned
            ? DisputeSettlement.RETURN
            : awardMinor > 0 ? DisputeSettlement.AWARD : DisputeSettlement.NOTHING;
    resolve(how, dispute, remedy, awardMinor, fault, settledBy, draft);
    return returned ? Returning.afterDispute(dispute, awardMinor, fault, draft) : draft;
  }

  /// A13: the cancellation itself pays the buyer back.
  static AfterSaleDraft stopped(Dispute dispute, RulingMade ruling, AfterSaleDraft draft) {
    var how =
        switch (ruling.by()) {
          case PLATFORM -> DisputeEnd.RULING;
          case SELLER_ACCEPTED -> DisputeEnd.SELLER_ACCEPTED;
          case SELLER_SILENT -> DisputeEnd.SELLER_SILENT;
        };
    return resolve(
        how, dispute, Remedy.REFUND_ONLY, 0, ruling.fault(), DisputeSettlement.CANCELLATION, draft);
  }

  /// A17: nothing is left to argue about.
  static AfterSaleDraft moot(Dispute dispute, AfterSaleDraft draft) {
    return resolve(
        DisputeEnd.MOOT,
        dispute,
        dispute.claim().remedy(),
        0,
        Fault.NONE,
        DisputeSettlement.NOTHING,
        draft);
  }

  private static AfterSaleDraft resolve(
      DisputeEnd how,
      Dispute dispute,
      Remedy remedy,
      long awardMinor,
      Fault fault,
      DisputeSettlement settledBy,
      AfterSaleDraft draft) {
    return draft.and(
        new DisputeResolved(
            draft.orderId(),
            dispute.id(),
            draft.state().sale().sellerId(),
            how,
            remedy,
            awardMinor,
            fault,
            settledBy == DisputeSettlement.RETURN,
            settledBy,
            dispute.units(),
            draft.at()));
  }
}
