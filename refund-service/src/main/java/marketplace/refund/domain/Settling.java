package marketplace.refund.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import marketplace.kernel.BusinessDays;
import marketplace.kernel.PaymentMethod;
import marketplace.kernel.RefundId;
import marketplace.kernel.RefundSettlement;

/// How long a refund that is sent now will take (domain, section 4.2).
///
/// @param expectedBy the latest
/// @param settlesAt as simulated
record Settling(Instant expectedBy, Instant settlesAt) {

  static Settling of(Refund refund, PaymentMethod method, RefundSettlement mode, Instant issuedAt) {
    return switch (refund.channel()) {
      case ORIGINAL_METHOD ->
          new Settling(
              BusinessDays.after(issuedAt, method.settlesMax()),
              BusinessDays.after(issuedAt, days(refund.refundId(), method, mode)));
      case WALLET_CREDIT, VOUCHER -> new Settling(issuedAt, issuedAt);
    };
  }

  private static int days(RefundId refundId, PaymentMethod method, RefundSettlement mode) {
    return switch (mode) {
      case TYPICAL -> method.settlesTypical();
      case SAMPLED -> sampled(refundId, method.settlesMin(), method.settlesMax());
    };
  }

  /// Follows from the refund's id, so that a repeated run takes equally long.
  private static int sampled(RefundId refundId, int min, int max) {
    try {
      var hash =
          MessageDigest.getInstance("SHA-256")
              .digest(refundId.toString().getBytes(StandardCharsets.UTF_8));
      return min + (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), max - min + 1L);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
