package marketplace.refund.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import marketplace.contracts.ContractJson;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.kernel.InquiryOutcome;
import marketplace.kernel.OrderId;
import marketplace.kernel.PaymentMethod;
import org.jspecify.annotations.Nullable;

/// The bodies of commands as they are sent. Any field may be missing until it has been checked.
public final class Bodies {
  private static final ObjectReader READER =
      ContractJson.mapper().reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private Bodies() {}

  /// What a buyer sends to pay.
  public record NewPayment(
      @Nullable OrderId orderId, @Nullable PaymentMethod method, @Nullable Long amountMinor) {}

  public enum Result {
    CAPTURED,
    FAILED
  }

  /// What a provider, or somebody in his place, says of a payment.
  ///
  /// @param code with FAILED only; `DECLINED` where it is left out
  public record ProviderResult(@Nullable Result result, @Nullable String code) {}

  /// What a seller gives of his own accord.
  public record Goodwill(@Nullable Long amountMinor, @Nullable String comment) {}

  public record NewInquiry(@Nullable String text) {}

  public record Resolution(@Nullable InquiryOutcome outcome) {}

  /// A caller may send no body at all, or `null`.
  public static <T> T present(@Nullable T body) {
    if (body != null) return body;
    throw new ProblemException(
        Problem.of(400, "MALFORMED", "the body must be one JSON object", null));
  }

  /// For calls that do not come over HTTP, where the edge reads the body.
  public static <T> T read(JsonNode body, Class<T> type) {
    try {
      return present(READER.readValue(body, type));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          Problem.of(422, "INVALID", "the body cannot be read: " + e.getOriginalMessage(), null));
    } catch (IOException e) {
      throw new IllegalStateException("a tree is read without I/O", e);
    }
  }
}
