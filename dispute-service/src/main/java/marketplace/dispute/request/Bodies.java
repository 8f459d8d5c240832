package marketplace.dispute.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.kernel.DisputeReason;
import marketplace.kernel.EvidenceId;
import marketplace.kernel.Fault;
import marketplace.kernel.OfferAnswer;
import marketplace.kernel.OrderId;
import marketplace.kernel.Remedy;
import marketplace.kernel.ReturnReason;
import marketplace.kernel.Units;
import marketplace.kernel.Uphold;
import org.jspecify.annotations.Nullable;

/// The bodies of commands as they are sent. Any field may be missing until it has been checked.
public final class Bodies {
  private static final ObjectReader READER =
      ContractJson.mapper().reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Bodies() {}

  public record Nothing() {}

  public record NewDispute(
      @Nullable OrderId orderId,
      @Nullable Units units,
      @Nullable DisputeReason reason,
      @Nullable Remedy remedy,
      @Nullable Long claimMinor,
      @Nullable String text,
      @Nullable List<EvidenceId> evidenceIds) {}

  public record Comment(@Nullable String comment) {}

  public record NewOffer(
      @Nullable Remedy remedy, @Nullable Long amountMinor, @Nullable String comment) {}

  public record Answer(@Nullable OfferAnswer answer) {}

  /// @param awardMinor may be left out with NONE
  /// @param fault may be left out with NONE
  /// @param returnRequired null for no
  public record Ruling(
      @Nullable Uphold uphold,
      @Nullable Long awardMinor,
      @Nullable Fault fault,
      @Nullable Boolean returnRequired,
      @Nullable String text) {}

  public record NewReturn(
      @Nullable OrderId orderId,
      @Nullable Units units,
      @Nullable ReturnReason reason,
      @Nullable String text,
      @Nullable List<EvidenceId> evidenceIds) {}

  public record Approval(@Nullable String instructions) {}

  public record Why(@Nullable String why) {}

  public record Shipment(@Nullable String trackingNumber) {}

  public record Delivery(@Nullable Instant at) {}

  public record ReturnRuling(@Nullable Long refundMinor, @Nullable String text) {}

  /// A body that must be there, if only as `{}`.
  public static <T> T sent(@Nullable T body) {
    if (body != null) return body;
    throw new ProblemException(
        Problem.of(400, "MALFORMED", "the body must be one JSON object", null));
  }

  /// For callers that have no HTTP layer to read for them.
  public static <T> T read(JsonNode body, Class<T> type) {
    try {
      return READER.forType(type).readValue(body);
    } catch (JsonProcessingException e) {
      throw new ProblemException(Problem.of(422, "INVALID", e.getOriginalMessage(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
