package marketplace.simulation.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import marketplace.contracts.DisputeMessage;
import marketplace.contracts.DisputeMessage.AfterSaleClosed;
import marketplace.contracts.DisputeMessage.DisputeEscalated;
import marketplace.contracts.DisputeMessage.DisputeOfferMade;
import marketplace.contracts.DisputeMessage.DisputeOpened;
import marketplace.contracts.DisputeMessage.DisputeResolved;
import marketplace.contracts.DisputeMessage.DisputeRulingOverdue;
import marketplace.contracts.DisputeMessage.DisputeWithdrawn;
import marketplace.contracts.DisputeMessage.ReturnAccepted;
import marketplace.contracts.DisputeMessage.ReturnApproved;
import marketplace.contracts.DisputeMessage.ReturnClosed;
import marketplace.contracts.DisputeMessage.ReturnParcelDelivered;
import marketplace.contracts.DisputeMessage.ReturnRejected;
import marketplace.contracts.DisputeMessage.ReturnRequested;
import marketplace.contracts.DisputeMessage.RulingMade;
import marketplace.kernel.DisputeEnd;
import marketplace.kernel.DisputeSettlement;
import marketplace.kernel.EscalatedBy;
import marketplace.kernel.RefundCause;
import marketplace.kernel.ReturnAcceptance;
import marketplace.kernel.ReturnEnd;
import marketplace.kernel.RuledBy;
import marketplace.kernel.Units;

/// The invariants of an order's disputes and returns (domain, section 13), over their events alone.
final class CaseAccount {
  private final BiConsumer<String, String> report;
  private final Map<String, Instant> deadlines = new HashMap<>();
  private final Set<UUID> open = new HashSet<>();
  private final List<String> owed = new ArrayList<>();
  private Units returned = Units.NONE;
  private boolean closed;

  /// @param report of what is broken: the invariant, and what was seen
  CaseAccount(BiConsumer<String, String> report) {
    this.report = report;
  }

  boolean closed() {
    return closed;
  }

  boolean caseOpen() {
    return !open.isEmpty();
  }

  Units returned() {
    return returned;
  }

  /// What the ledger has to have heard of once everything has settled: `cause/id`.
  List<String> owed() {
    return List.copyOf(owed);
  }

  void watch(DisputeMessage message, Instant time) {
    switch (message) {
      case DisputeOpened event -> {
        open(event.disputeId().value());
        deadlines.put("reply", event.sellerReplyBy());
        deadlines.put("negotiate", event.negotiateUntil());
      }
      case DisputeOfferMade event -> {
        if (event.sellerReplyBy() != null) deadlines.put("reply", event.sellerReplyBy());
      }
      case DisputeEscalated event -> {
        if (event.by() == EscalatedBy.DEADLINE) notBefore("negotiate", "DisputeEscalated", time);
      }
      case DisputeRulingOverdue event -> {
        if (time.isBefore(event.ruleBy())) {
          report.accept(
              "T2", "DisputeRulingOverdue at %s, before %s".formatted(time, event.ruleBy()));
        }
      }
      case RulingMade event -> {
        if (event.by() == RuledBy.SELLER_SILENT) notBefore("reply", "RulingMade", time);
      }
      case DisputeResolved event -> {
        close(event.disputeId().value(), "DisputeResolved");
        if (event.how() == DisputeEnd.SELLER_SILENT
            && event.settledBy() != DisputeSettlement.CANCELLATION) {
          notBefore("reply", "DisputeResolved", time);
        }
        if (event.settledBy() == DisputeSettlement.AWARD) {
          owed.add(RefundCause.DISPUTE + "/" + event.disputeId());
        }
      }
      case DisputeWithdrawn event -> close(event.disputeId().value(), "DisputeWithdrawn");
      case ReturnRequested event -> open(event.returnId().value());
      case ReturnApproved event -> deadlines.put("ship", event.shipBackBy());
      case ReturnRejected event -> close(event.returnId().value(), "ReturnRejected");
      case ReturnParcelDelivered event -> deadlines.put("confirm", event.sellerConfirmBy());
      case ReturnAccepted event -> {
        close(event.returnId().value(), "ReturnAccepted");
        if (event.how() == ReturnAcceptance.SELLER_SILENT) {
          notBefore("confirm", "ReturnAccepted", time);
        }
        returned = returned.plus(event.units());
        if (event.refundMinor() > 0) owed.add(RefundCause.RETURN + "/" + event.returnId());
      }
      case ReturnClosed event -> {
        close(event.returnId().value(), "ReturnClosed");
        if (event.how() == ReturnEnd.EXPIRED) notBefore("ship", "ReturnClosed", time);
      }
      case AfterSaleClosed _ -> {
        if (caseOpen()) report.accept("M7", "the window closed while a case was open: " + open);
        closed = true;
      }
      case DisputeMessage.EvidenceAdded _,
          DisputeMessage.DisputeOfferRejected _,
          DisputeMessage.ReturnShipped _,
          DisputeMessage.ReturnContested _ -> {}
    }
  }

  private void open(UUID id) {
    if (caseOpen()) report.accept("R2", "case %s was opened while %s was".formatted(id, open));
    if (closed) report.accept("R2", "case %s was opened after the window".formatted(id));
    open.add(id);
  }

  private void close(UUID id, String how) {
    if (!open.remove(id))
      report.accept("R2", "%s of case %s, which is not open".formatted(how, id));
  }

  private void notBefore(String deadline, String event, Instant time) {
    var at = deadlines.get(deadline);
    if (at != null && time.isBefore(at)) {
      report.accept("T2", "%s at %s, before %s".formatted(event, time, at));
    }
  }
}
