package marketplace.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a notification names beside the order; null for what it does not.
///
/// @param amountMinor of money, with its currency
/// @param channel the way that money takes
/// @param until the instant by which something happens, or has to be done
/// @param why a code of the catalogue
/// @param text words of the other side or of the platform
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NoticeDetails(
    @Nullable Long amountMinor,
    @Nullable String currency,
    @Nullable RefundChannel channel,
    @Nullable Instant until,
    @Nullable String why,
    @Nullable String text) {
  public static final NoticeDetails NONE = new NoticeDetails(null, null, null, null, null, null);

  public NoticeDetails amount(long minor) {
    return new NoticeDetails(minor, currency, channel, until, why, text);
  }

  public NoticeDetails in(String newCurrency) {
    return new NoticeDetails(amountMinor, newCurrency, channel, until, why, text);
  }

  public NoticeDetails by(RefundChannel newChannel) {
    return new NoticeDetails(amountMinor, currency, newChannel, until, why, text);
  }

  public NoticeDetails until(@Nullable Instant instant) {
    return new NoticeDetails(amountMinor, currency, channel, instant, why, text);
  }

  public NoticeDetails because(Enum<?> code) {
    return new NoticeDetails(amountMinor, currency, channel, until, code.name(), text);
  }

  public NoticeDetails saying(@Nullable String words) {
    return new NoticeDetails(amountMinor, currency, channel, until, why, words);
  }
}
