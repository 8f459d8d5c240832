package marketplace.mail;

import io.quarkus.qute.Engine;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.RefundChannel;
import org.jspecify.annotations.Nullable;

/// Puts a notification into words: those of the service's own template `notification.txt`, and the
/// same once more as a page, where everything that somebody wrote is text and nothing else.
@Singleton
public class MailRenderer {
  private static final String WORDS = "notification.txt";
  private static final String PAGE = "mail.html";
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH);

  private final Engine engine;

  MailRenderer(Engine engine) {
    this.engine = engine;
  }

  public record Rendered(String subject, String text, String html) {}

  public Rendered render(Notification notification) {
    var details = notification.details();
    var text =
        engine
            .getTemplate(WORDS)
            .data("template", notification.template())
            .data("order", notification.orderNumber())
            .data("amount", amount(details))
            .data("channel", channel(details.channel()))
            .data("until", time(details.until()))
            .data("why", details.why() == null ? "" : details.why())
            .data("words", details.text() == null ? "" : details.text())
            .render()
            .strip();
    var html =
        engine
            .getTemplate(PAGE)
            .data("subject", notification.subject())
            .data("order", notification.orderNumber())
            .data("paragraphs", paragraphs(text))
            .render();
    return new Rendered(
        notification.subject(), text + "\n\nOrder " + notification.orderNumber() + "\n", html);
  }

  private static List<String> paragraphs(String text) {
    return Arrays.stream(text.split("\n\\s*\n")).map(String::strip).toList();
  }

  /// Empty where no money is spoken of.
  private static String amount(NoticeDetails details) {
    var minor = details.amountMinor();
    var currency = details.currency();
    if (minor == null || currency == null) return "";
    var digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    return BigDecimal.valueOf(minor, digits).toPlainString() + " " + currency;
  }

  private static String channel(@Nullable RefundChannel channel) {
    if (channel == null) return "";
    return switch (channel) {
      case ORIGINAL_METHOD -> "the way you paid";
      case WALLET_CREDIT -> "your wallet here";
      case VOUCHER -> "a voucher";
    };
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "" : DAY_AND_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
