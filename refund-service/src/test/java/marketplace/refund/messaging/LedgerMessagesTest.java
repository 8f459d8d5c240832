package marketplace.refund.messaging;

import static marketplace.refund.LedgerFixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.EventCodec;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.kernel.InquiryId;
import marketplace.kernel.InquiryOutcome;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.PayoutCause;
import marketplace.kernel.RefundCause;
import marketplace.kernel.RefundChannel;
import marketplace.kernel.ShipmentId;
import marketplace.refund.domain.LedgerEvent;
import marketplace.refund.domain.LedgerEvent.CaseEndNoted;
import marketplace.refund.domain.LedgerEvent.CaseOpenNoted;
import marketplace.refund.domain.LedgerEvent.GoodwillExplained;
import marketplace.refund.domain.LedgerEvent.PaymentFailed;
import marketplace.refund.domain.LedgerEvent.PaymentPostponed;
import marketplace.refund.domain.LedgerEvent.PaymentVoided;
import marketplace.refund.domain.LedgerEvent.RefundAttemptFailed;
import marketplace.refund.domain.LedgerEvent.RefundDenied;
import marketplace.refund.domain.LedgerEvent.RefundHeld;
import marketplace.refund.domain.LedgerEvent.RefundInquiryOpened;
import marketplace.refund.domain.LedgerEvent.RefundInquiryResolved;
import marketplace.refund.domain.LedgerEvent.RefundIssued;
import marketplace.refund.domain.LedgerEvent.RefundReissued;
import marketplace.refund.domain.LedgerEvent.RefundRerouted;
import marketplace.refund.domain.LedgerEvent.ShipmentNoted;
import marketplace.refund.domain.Voucher;
import marketplace.refund.domain.wallet.WalletEvent;
import marketplace.refund.domain.wallet.WalletEvent.CreditKept;
import marketplace.refund.domain.wallet.WalletEvent.VoucherKept;
import marketplace.testkit.GoldenFile;
import org.junit.jupiter.api.Test;

/// Golden files: what is on disk for ever, and what the others were promised.
class LedgerMessagesTest {
  private static final InquiryId INQUIRY = new InquiryId(id(84));
  private static final List<LedgerEvent> ONE_OF_EACH =
      List.of(
          PLACED,
          noted(source("OrderReadyToShip", null)),
          CANCELLED_PAID,
          closing(7),
          new RefundHeld(source("ReturnAccepted", null), RefundCause.RETURN, SETTLEMENT.id(), 800),
          new ShipmentNoted(source("ShipmentDispatched", null), new ShipmentId(id(80))),
          new CaseOpenNoted(source("DisputeOpened", null), id(83)),
          new CaseEndNoted(source("DisputeWithdrawn", null), id(83)),
          authorized(PaymentMethod.BANK_TRANSFER, after(0), after(24)),
          askedToCapture(1, after(24)),
          captured(PaymentMethod.BANK_TRANSFER, after(24)),
          new PaymentPostponed(PAYMENT, after(1)),
          new PaymentFailed(PAYMENT, PaymentMethod.CARD, TOTAL, "NO_FUNDS", after(1)),
          new PaymentVoided(PAYMENT, TOTAL, after(1)),
          requested(SETTLEMENT, TOTAL, 1000, RefundChannel.VOUCHER, after(2)),
          new RefundAttemptFailed(SETTLEMENT.refundId(), 3, "EXPIRED_CARD", after(3), null),
          new RefundRerouted(
              SETTLEMENT.refundId(),
              RefundChannel.ORIGINAL_METHOD,
              RefundChannel.WALLET_CREDIT,
              after(3)),
          voucher(),
          settled(SETTLEMENT, 1000, after(4)),
          new RefundDenied(SETTLEMENT.type(), SETTLEMENT.id(), 800, after(5)),
          new GoodwillExplained(SETTLEMENT.refundId(), "Sorry for the scratch."),
          new RefundInquiryOpened(INQUIRY, SETTLEMENT.refundId(), "Where is it?", after(500)),
          new RefundInquiryResolved(
              INQUIRY, SETTLEMENT.refundId(), InquiryOutcome.REISSUED_TO_WALLET, after(501)),
          new RefundReissued(SETTLEMENT.refundId(), ANA, 1000, "USD", after(501)),
          paidOut(234, PayoutCause.AFTER_SALE_CLOSED, after(6)));

  private static final List<WalletEvent> ONE_OF_EACH_WALLET_EVENT =
      List.of(
          new CreditKept(SETTLEMENT.refundId(), 1000, "USD", after(4)),
          new VoucherKept(
              SETTLEMENT.refundId(),
              1000,
              "USD",
              new Voucher("V-C034FF484109", after(4 + 60 * 24)),
              after(4)));

  @Test
  void stored_events_are_written_and_read_as_on_the_first_day() {
    assertKept(LedgerCodec.create(), ONE_OF_EACH);
    assertKept(LedgerCodec.wallets(), ONE_OF_EACH_WALLET_EVENT);
  }

  private static <E> void assertKept(EventCodec<E> codec, List<E> events) {
    var unseen = new ArrayList<>(codec.readable().keySet());
    for (var event : events) {
      var name = codec.nameOf(event);
      GoldenFile.assertMatches(name + ".json", codec.encode(event));
      assertThat(codec.decode(name, GoldenFile.read(name + ".json"))).isEqualTo(event);
      unseen.remove(name);
    }
    assertThat(unseen).as("stored names without a golden file").isEmpty();
  }

  @Test
  void messages_are_told_as_they_were_promised() {
    var publications = new LedgerPublications();
    var told = new ArrayList<String>();
    for (var event : ONE_OF_EACH) {
      var message = publications.messageFor(stored(event));
      if (message.isEmpty()) continue;
      var type = message.get().type();
      told.add(type);
      GoldenFile.assertMatches("message." + type + ".v1.json", message.get().data());
      assertThat(message.get().topic()).isEqualTo("refund.events.v1");
      assertThat(message.get().key()).isEqualTo(ORDER.toString());
      assertThat(message.get().dataSchema()).isEqualTo("urn:marketplace:schema:" + type + ":v1");
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(MessageFamily.REFUND.types());
  }

  /// What is between ledger and provider, and what was noted, is nobody else's business.
  @Test
  void private_events_have_no_message() {
    var publications = new LedgerPublications();
    assertThat(
            ONE_OF_EACH.stream()
                .filter(event -> publications.messageFor(stored(event)).isEmpty())
                .map(event -> event.getClass().getSimpleName()))
        .containsExactly(
            "LedgerOpened",
            "OrderNoted",
            "CancellationNoted",
            "ClosingNoted",
            "RefundHeld",
            "ShipmentNoted",
            "CaseOpenNoted",
            "CaseEndNoted",
            "ProviderAsked",
            "PaymentPostponed",
            "GoodwillExplained",
            "RefundReissued");
  }

  private static RefundIssued voucher() {
    return new RefundIssued(
        SETTLEMENT.refundId(),
        ANA,
        SETTLEMENT.type(),
        SETTLEMENT.id(),
        1000,
        "USD",
        RefundChannel.VOUCHER,
        PaymentMethod.CASH_ON_DELIVERY,
        new Voucher("V-C034FF484109", after(4 + 60 * 24)),
        0,
        after(4),
        after(4),
        after(4),
        1000,
        TOTAL);
  }

  private static StoredEvent<LedgerEvent> stored(LedgerEvent event) {
    return new StoredEvent<>(
        1,
        id(60),
        new StreamId("ledger", ORDER.value()),
        1,
        0,
        true,
        LedgerCodec.create().nameOf(event),
        event,
        new Trace(id(51), id(50), "DEADLINE", Origin.SERVICE, null, null),
        MONDAY_NINE,
        MONDAY_NINE);
  }
}
