package marketplace.order.api;

import static marketplace.order.api.Market.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import marketplace.contracts.ContractJson;
import marketplace.kernel.CancellationReason;
import marketplace.kernel.NoticeDetails;
import marketplace.kernel.OrderId;
import marketplace.kernel.RefundChannel;
import marketplace.mail.MailRenderer;
import marketplace.mail.MailSender;
import marketplace.mail.Notification;
import marketplace.order.domain.BuyerTemplate;
import marketplace.testkit.ServicePlatform;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of a notification when it is to leave the house.
@QuarkusTest
@QuarkusTestResource(
    value = ServicePlatform.class,
    initArgs = @ResourceArg(name = "prefix", value = "order"))
@QuarkusTestResource(MailServer.Settings.class)
class MailTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final OrderId ORDER = OrderId.of("0190c0de-0000-7000-8000-000000000001");

  private static @Nullable MailServer running;

  @Inject MailRenderer renderer;
  @Inject MailSender sender;
  @Inject DataSource dataSource;
  @Inject MeterRegistry meters;

  @ConfigProperty(name = "marketplace.mail.port")
  int port;

  @BeforeEach
  void open() {
    if (running != null) return;
    running = new MailServer(port);
    running.start();
  }

  @AfterAll
  static void close() {
    if (running != null) running.stop();
  }

  @Test
  void a_buyer_gets_by_mail_what_he_is_told_until_he_is_forgotten() throws Exception {
    var market = new Market();
    market.open();
    var buyer = market.ana.value();
    var order = market.placed();
    eventually(() -> assertThat(subjectsTo(buyer)).contains("Your order " + order.number()));
    var before = idsTo(buyer);

    as("BUYER", buyer)
        .body(Map.of())
        .post("/v1/buyers/" + buyer + "/erasure")
        .then()
        .statusCode(200);
    market.placed();
    eventually(() -> assertThat(waiting(buyer)).isZero());
    assertThat(idsTo(buyer)).containsExactlyElementsOf(before);
  }

  @Test
  void each_notification_arrives_once_however_many_send() throws Exception {
    var buyer = UUID.randomUUID();
    var ids = IntStream.range(0, 120).mapToObj(_ -> write(buyer)).toList();
    try (var others = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> send = sender::sendDue;
      for (var sent : others.invokeAll(List.of(send, send, send))) sent.get();
    }
    eventually(() -> assertThat(waiting(buyer)).isZero());
    assertThat(idsTo(buyer)).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void a_mail_that_was_sent_is_not_sent_again_when_its_row_is_written_again() throws Exception {
    var buyer = UUID.randomUUID();
    var id = write(buyer);
    eventually(() -> assertThat(waiting(buyer)).isZero());
    write(buyer, id, "default");
    sender.sendDue();
    assertThat(idsTo(buyer)).containsExactly(id);
  }

  @Test
  void a_mail_whose_sender_has_died_is_sent_by_another_when_the_lease_is_over() throws Exception {
    var buyer = UUID.randomUUID();
    var id = UUID.randomUUID();
    write(buyer, id, "now() + interval '3 seconds'");
    sender.sendDue();
    assertThat(idsTo(buyer)).isEmpty();
    eventually(() -> assertThat(idsTo(buyer)).containsExactly(id));
  }

  @Test
  void what_was_told_before_there_was_mail_is_not_sent() throws Exception {
    var buyer = UUID.randomUUID();
    write(buyer, UUID.randomUUID(), "null");
    var later = write(buyer);
    eventually(() -> assertThat(idsTo(buyer)).containsExactly(later));
  }

  @Test
  void a_server_that_is_away_delays_mail_and_nothing_else() throws Exception {
    var buyer = UUID.randomUUID();
    server().stop();
    var ids = IntStream.range(0, 30).mapToObj(_ -> write(buyer)).toList();
    try {
      eventually(() ->
          assertThat(meters.get("marketplace.mail.waiting").gauge().value())
              .isGreaterThanOrEqualTo(ids.size()));
      RestAssured.get("/q/health/ready").then().statusCode(200);
      assertThat(idsTo(buyer)).isEmpty();
    } finally {
      server().start();
    }
    eventually(() -> assertThat(idsTo(buyer)).containsExactlyInAnyOrderElementsOf(ids));
    eventually(() -> assertThat(meters.get("marketplace.mail.waiting").gauge().value()).isZero());
  }

  @Test
  void a_mail_that_is_refused_delays_no_other_and_is_given_up_in_the_end() throws Exception {
    var nobody = UUID.randomUUID();
    var buyer = UUID.randomUUID();
    server().refuse(address(nobody));
    var refused = write(nobody);
    var id = write(buyer);
    eventually(() -> assertThat(idsTo(buyer)).containsExactly(id));
    eventually(() -> assertThat(refusals(refused)).isEqualTo(1));
    assertThat(waiting(nobody)).isEqualTo(1);

    execute(
        "update notifications set mail_attempts = 13, mail_due_at = now() where notification_id = ?",
        refused);
    eventually(() -> assertThat(waiting(nobody)).isZero());
    assertThat(idsTo(nobody)).isEmpty();
  }

  @Test
  void every_template_has_words_in_text_and_html() {
    for (var template : BuyerTemplate.values()) {
      for (var details : List.of(everything(), NoticeDetails.NONE)) {
        var rendered = renderer.render(notification(UUID.randomUUID(), template, details));
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
  void a_mail_says_what_is_to_be_known() {
    var mail =
        renderer.render(notification(UUID.randomUUID(), BuyerTemplate.REFUND_SENT, everything()));
    assertThat(mail.subject()).isEqualTo("Your refund for order %s is on its way", ORDER.number());
    assertThat(mail.text())
        .isEqualTo(
            """
            50.47 USD for order %1$s are on their way to you: the way you paid. They should arrive \
            by 2 February 2026, 05:00 UTC at the latest.

            Order %1$s
            """,
            ORDER.number());
  }

  @Test
  void what_somebody_wrote_is_no_markup() {
    var hostile = NoticeDetails.NONE.saying("<script>alert('a & b')</script>");
    var rendered =
        renderer.render(notification(UUID.randomUUID(), BuyerTemplate.RETURN_REJECTED, hostile));
    assertThat(rendered.html()).doesNotContain("<script>").contains("&lt;script&gt;");
    assertThat(rendered.text()).contains("<script>alert('a & b')</script>");
  }

  private static MailServer server() {
    return Objects.requireNonNull(running);
  }

  private static void eventually(ThrowingRunnable condition) {
    await().atMost(PATIENCE).untilAsserted(condition);
  }

  private static NoticeDetails everything() {
    return NoticeDetails.NONE
        .amount(5047)
        .in("USD")
        .by(RefundChannel.ORIGINAL_METHOD)
        .until(Instant.parse("2026-02-02T05:00:00Z"))
        .because(CancellationReason.OTHER)
        .saying("Please use the label that is in the parcel.");
  }

  private static Notification notification(UUID id, BuyerTemplate template, NoticeDetails details) {
    return new Notification(
        id,
        ORDER.number(),
        template.name(),
        template.subject(ORDER),
        details,
        Instant.parse("2026-01-05T09:00:00Z"));
  }

  private UUID write(UUID buyer) {
    var id = UUID.randomUUID();
    write(buyer, id, "default");
    return id;
  }

  /// As the append does, which knows nothing of mail.
  private void write(UUID buyer, UUID id, String dueAt) {
    var sql =
        """
        insert into notifications (notification_id, recipient_id, notified_at, view, mail_due_at)
        values (?, ?, now(), ?::jsonb, %s)
        on conflict (notification_id) do update set view = excluded.view
        """
            .formatted(dueAt);
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      var view = notification(id, BuyerTemplate.ORDER_PLACED, everything());
      statement.setObject(1, id);
      statement.setObject(2, buyer);
      statement.setString(3, ContractJson.mapper().writeValueAsString(view));
      statement.executeUpdate();
    } catch (SQLException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void execute(String sql, UUID id) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      statement.executeUpdate();
    }
  }

  private long waiting(UUID buyer) throws SQLException {
    return number(
        "select count(*) from notifications where recipient_id = ? and mail_due_at is not null",
        buyer);
  }

  private long refusals(UUID notification) throws SQLException {
    return number(
        "select mail_attempts from notifications where notification_id = ?", notification);
  }

  private long number(String sql, UUID id) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static String address(UUID buyer) {
    return buyer + "@buyers.example";
  }

  private static List<UUID> idsTo(UUID buyer) throws MessagingException {
    var ids = new ArrayList<UUID>();
    for (var mail : mailsTo(buyer)) {
      ids.add(UUID.fromString(mail.getHeader("X-Notification-Id")[0]));
    }
    return ids;
  }

  private static List<String> subjectsTo(UUID buyer) throws MessagingException {
    var subjects = new ArrayList<String>();
    for (var mail : mailsTo(buyer)) subjects.add(mail.getSubject());
    return subjects;
  }

  private static List<MimeMessage> mailsTo(UUID buyer) {
    return server().received().stream().filter(mail -> isTo(mail, address(buyer))).toList();
  }

  private static boolean isTo(MimeMessage mail, String address) {
    try {
      return Arrays.stream(mail.getRecipients(Message.RecipientType.TO))
          .anyMatch(to -> to.toString().equals(address));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
