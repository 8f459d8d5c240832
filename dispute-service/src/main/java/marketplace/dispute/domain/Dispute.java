package marketplace.dispute.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.dispute.domain.AfterSaleEvent.DisputeOpened;
import marketplace.dispute.domain.AfterSaleEvent.DisputeResolved;
import marketplace.dispute.domain.AfterSaleEvent.RulingMade;
import marketplace.kernel.CaseParty;
import marketplace.kernel.DisputeId;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferId;
import marketplace.kernel.Remedy;
import marketplace.kernel.Units;
import org.jspecify.annotations.Nullable;

/// One dispute about units of an order (domain, section 8.4).
///
/// @param claim what the buyer wants now; with each offer of his it is another
/// @param standing the seller's offer that the buyer may accept, null for none
/// @param sellerAnswered has the seller said anything to any claim?
/// @param ruleBy the end of the platform's time, null before it was asked
/// @param cancelledBefore units of the order that were cancelled when the dispute was opened
public record Dispute(
    DisputeOpened opened,
    Claim claim,
    @Nullable Offer standing,
    List<Offer> offers,
    List<Evidence> evidence,
    boolean sellerAnswered,
    @Nullable Instant ruleBy,
    Units cancelledBefore,
    Stage stage) {

  public Dispute {
    offers = List.copyOf(offers);
    evidence = List.copyOf(evidence);
  }

  public record Claim(Remedy remedy, long amountMinor) {}

  /// @param comment empty where nothing was said
  public record Offer(
      OfferId offerId,
      CaseParty by,
      Remedy remedy,
      long amountMinor,
      String comment,
      Instant madeAt) {}

  public sealed interface Stage {}

  public record AwaitingSeller(Instant replyBy) implements Stage {}

  public record AwaitingBuyer() implements Stage {}

  /// @param overdue the platform's time has passed; it still has to rule
  public record PlatformReview(boolean overdue) implements Stage {}

  /// Ruled, if the units can still be kept from being shipped.
  public record AwaitingStop(RulingMade ruling) implements Stage {}

  public record Resolved(DisputeResolved end) implements Stage {}

  public record Withdrawn(Instant at) implements Stage {}

  static Dispute of(DisputeOpened opened, Units cancelledBefore) {
    return new Dispute(
        opened,
        new Claim(opened.remedy(), opened.claimMinor()),
        null,
        List.of(),
        List.of(),
        false,
        null,
        cancelledBefore,
        new AwaitingSeller(opened.sellerReplyBy()));
  }

  public DisputeId id() {
    return opened.disputeId();
  }

  public Units units() {
    return opened.units();
  }

  public DisputeReason reason() {
    return opened.reason();
  }

  public boolean isOpen() {
    return switch (stage) {
      case AwaitingSeller _, AwaitingBuyer _, PlatformReview _, AwaitingStop _ -> true;
      case Resolved _, Withdrawn _ -> false;
    };
  }

  /// Is it about a cancellation that can still be had? Then only the cancellation pays it back,
  /// never an award: the units might be shipped all the same.
  boolean stoppable(Goods goods) {
    return reason() == DisputeReason.CANCELLATION_REFUSED && goods.open().covers(units());
  }

  /// Does the end of D8 decide anything?
  boolean silenceDecides(Goods goods) {
    return !sellerAnswered && (reason() != DisputeReason.CANCELLATION_REFUSED || stoppable(goods));
  }

  /// Have its units been cancelled since it was opened?
  boolean overtaken(Goods goods) {
    return reason() == DisputeReason.CANCELLATION_REFUSED
        && goods.cancelled().minus(cancelledBefore).covers(units());
  }

  /// What a seller is charged with who gives in, or gives a part (domain, section 8.4).
  Fault chargedFault(Goods goods) {
    return switch (reason()) {
      case NOT_RECEIVED -> goods.anyLost(units()) ? Fault.CARRIER : Fault.SELLER;
      case DAMAGED, NOT_AS_DESCRIBED, INCOMPLETE, WRONG_ITEM, CANCELLATION_REFUSED -> Fault.SELLER;
    };
  }

  Optional<Offer> standing(OfferId offerId) {
    return Optional.ofNullable(standing).filter(offer -> offer.offerId().equals(offerId));
  }

  Dispute in(Stage next) {
    return new Dispute(
        opened, claim, standing, offers, evidence, sellerAnswered, ruleBy, cancelledBefore, next);
  }

  Dispute with(Evidence piece) {
    return new Dispute(
        opened,
        claim,
        standing,
        offers,
        more(evidence, piece),
        sellerAnswered,
        ruleBy,
        cancelledBefore,
        stage);
  }

  Dispute offered(Offer offer) {
    return new Dispute(
        opened,
        claim,
        offer,
        more(offers, offer),
        evidence,
        true,
        ruleBy,
        cancelledBefore,
        new AwaitingBuyer());
  }

  Dispute claimed(Offer offer, Instant replyBy) {
    return new Dispute(
        opened,
        new Claim(offer.remedy(), offer.amountMinor()),
        null,
        more(offers, offer),
        evidence,
        sellerAnswered,
        ruleBy,
        cancelledBefore,
        new AwaitingSeller(replyBy));
  }

  Dispute rejected(CaseParty by) {
    return new Dispute(
        opened,
        claim,
        null,
        offers,
        evidence,
        sellerAnswered || by == CaseParty.SELLER,
        ruleBy,
        cancelledBefore,
        new AwaitingBuyer());
  }

  Dispute escalated(Instant until) {
    return new Dispute(
        opened,
        claim,
        standing,
        offers,
        evidence,
        sellerAnswered,
        until,
        cancelledBefore,
        new PlatformReview(false));
  }

  private static <T> List<T> more(List<T> all, T next) {
    var result = new ArrayList<>(all);
    result.add(next);
    return result;
  }
}
