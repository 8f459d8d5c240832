package marketplace.seller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.OrderId;
import marketplace.mail.MailRenderer;
import marketplace.mail.Notification;
import marketplace.mail.Recipients;
import marketplace.seller.domain.fulfilment.SellerTemplate;
import org.junit.jupiter.api.Test;

/// How mails leave is tested beside the buyers' words: it is the same for both.
@QuarkusTest
class MailWordsTest {
  private static final OrderId ORDER = OrderId.of("0190c0de-0000-7000-8000-000000000001");

  @Inject MailRenderer renderer;
  @Inject Recipients recipients;

  @Test
  void every_template_has_words_in_text_and_html() {
    for (var template : SellerTemplate.values()) {
      for (var details : List.of(everything(), NoticeDetails.NONE)) {
        var rendered = renderer.render(notification(template, details));
        assertThat(rendered.text().lines().findFirst().orElse(""))
            .as(template.name())
            .contains(ORDER.number())
            .endsWith(".")
            .doesNotContain("null", "{", "}");
        assertThat(rendered.html()).contains("<h1", "<p>", ORDER.number()).doesNotContain("null");
      }
    }
  }

  @Test
  void sellers_have_an_address_that_follows_from_their_id() {
    var lin = UUID.fromString("0190c0de-0000-7000-8000-000000000002");
    assertThat(recipients.addressOf(lin)).contains(lin + "@sellers.example");
  }

  private static NoticeDetails everything() {
    return NoticeDetails.NONE
        .amount(5047)
        .in("USD")
        .until(Instant.parse("2026-02-02T05:00:00Z"))
        .because(CancellationReason.OTHER)
        .saying("It was worn.");
  }

  private static Notification notification(SellerTemplate template, NoticeDetails details) {
    return new Notification(
        new UUID(0, 1),
        ORDER.number(),
        template.name(),
        template.subject(ORDER),
        details,
        Instant.parse("2026-01-05T09:00:00Z"));
  }
}
