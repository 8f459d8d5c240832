package marketplace.seller.request;

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
import marketplace.kernel.CancellationId;
import marketplace.kernel.SellerCancellationReason;
import marketplace.kernel.SellerType;
import marketplace.kernel.Units;
import marketplace.seller.domain.conversation.MessageTemplate;
import org.jspecify.annotations.Nullable;

/// The bodies of commands as they are sent. Any field may be missing until it has been checked.
public final class Bodies {
  private static final ObjectReader READER =
      ContractJson.mapper().reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Bodies() {}

  public record Nothing() {}

  public record NewSeller(
      @Nullable String name, @Nullable String country, @Nullable SellerType type) {}

  /// @param freeReturnCountries null for none
  /// @param returnsAllowed null for no
  public record NewProduct(
      @Nullable String title,
      @Nullable String category,
      @Nullable Long priceMinor,
      @Nullable String currency,
      @Nullable List<String> freeReturnCountries,
      @Nullable Boolean returnsAllowed) {}

  public record NewPrice(@Nullable Long priceMinor) {}

  public record Shipment(
      @Nullable Units units, @Nullable String carrier, @Nullable String trackingNumber) {}

  public record SellerCancellation(
      @Nullable Units units, @Nullable SellerCancellationReason reason, @Nullable String comment) {}

  public record ReturnAgreement(@Nullable Units units, @Nullable String comment) {}

  public record Comment(@Nullable String comment) {}

  public record PartialRefund(@Nullable Long refundMinor, @Nullable String comment) {}

  public record TrackingReport(@Nullable Status status, @Nullable Instant at) {
    public enum Status {
      IN_TRANSIT,
      DELIVERED,
      REFUSED,
      RETURNED_TO_SENDER,
      LOST
    }
  }

  /// One of the two.
  public record NewMessage(@Nullable MessageTemplate template, @Nullable String text) {}

  public record Approvals(@Nullable List<CancellationId> cancellationIds) {}

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
