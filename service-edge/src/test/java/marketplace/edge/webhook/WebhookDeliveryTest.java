package marketplace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import marketplace.edge.webhook.WebhookView.DeliveryState;
import marketplace.eventsourcing.time.SystemClock;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;

/// From a stored event to its receiver, whatever happens on the way.
class WebhookDeliveryTest {
  private static final int BACKLOG_MAX = 100_000;

  private final SettableWall wall = new SettableWall();
  private final Shelf shelf = new Shelf(wall);

  private Instance instance() {
    return new Instance(shelf.app, wall, BACKLOG_MAX).start();
  }

  private static void eventually(ThrowingRunnable condition) {
    await().atMost(Duration.ofMinutes(2)).untilAsserted(condition);
  }

  @Test
  void an_event_comes_whole_and_signed() throws Exception {
    try (var receiver = new Receiver();
        var _ = instance()) {
      var webhook = shelf.subscribe(receiver.url(), "Said");
      var event = shelf.publish("Said");
      eventually(() -> assertThat(shelf.view(webhook).lastAttempt()).isNotNull());
      var sent = receiver.received.getFirst();
      assertThat(receiver.received).hasSize(1);
      assertThat(sent.id()).isEqualTo(event.toString());
      assertThat(sent.timestamp()).isEqualTo(Long.toString(wall.instant().getEpochSecond()));
      assertThat(sent.contentType()).isEqualTo("application/cloudevents+json");
      assertThat(sent.signature()).isEqualTo(signature(sent));
      var body = new ObjectMapper().readTree(sent.body());
      assertThat(body.path("specversion").asText()).isEqualTo("1.0");
      assertThat(body.path("id").asText()).isEqualTo(event.toString());
      assertThat(body.path("type").asText()).isEqualTo("Said");
      assertThat(body.path("source").asText()).isEqualTo("/shelf");
      assertThat(body.path("streamversion").isInt()).isTrue();
      assertThat(body.path("data").path("word").asText()).isEqualTo("Grüße");
      var seen = shelf.view(webhook);
      assertThat(seen.waiting() + seen.parked()).isZero();
      assertThat(seen.lastAttempt())
          .isEqualTo(new WebhookView.AttemptView(event, 204, null, wall.instant()));
    }
  }

  /// As a receiver does it, who has only the secret.
  private static String signature(Receiver.Received sent) throws Exception {
    var secret = Base64.getDecoder().decode(Shelf.SECRET.substring("whsec_".length()));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    var signed = sent.id() + "." + sent.timestamp() + "." + sent.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void the_receiver_of_the_guide_takes_what_is_signed_with_its_secret() throws Exception {
    var receiver = receiverOfTheGuide(Shelf.SECRET);
    try (var said = receiver.inputReader();
        var _ = new Instance(shelf.app, new SystemClock(), BACKLOG_MAX).start()) {
      var webhook = shelf.subscribe(urlOf(said), "Said");
      var event = shelf.publish("Said");
      assertThat(said.readLine()).contains(event.toString(), "word");
      eventually(() -> assertThat(shelf.view(webhook).lastAttempt()).isNotNull());
      assertThat(shelf.deliveries(webhook)).isEmpty();
    } finally {
      receiver.destroyForcibly();
    }
  }

  @Test
  void the_receiver_of_the_guide_refuses_what_is_signed_otherwise() throws Exception {
    try (var _ = new Instance(shelf.app, new SystemClock(), BACKLOG_MAX).start()) {
      assertIsRefusedByAReceiverWith("whsec_" + "A".repeat(32));
    }
  }

  /// The wall clock of these tests stands still, at a moment that is not now.
  @Test
  void the_receiver_of_the_guide_refuses_what_is_old() throws Exception {
    wall.pass(Duration.ofDays(-1));
    try (var _ = instance()) {
      assertIsRefusedByAReceiverWith(Shelf.SECRET);
    }
  }

  private void assertIsRefusedByAReceiverWith(String secret) throws Exception {
    var receiver = receiverOfTheGuide(secret);
    try (var said = receiver.inputReader()) {
      var webhook = shelf.subscribe(urlOf(said), "Said");
      shelf.publish("Said");
      eventually(() -> assertThat(shelf.view(webhook).lastAttempt()).isNotNull());
      assertThat(shelf.view(webhook).lastAttempt())
          .extracting(WebhookView.AttemptView::status)
          .isEqualTo(401);
    } finally {
      receiver.destroyForcibly();
    }
  }

  /// Runs docs/guides/WebhookReceiver.java as the guide says, at a free port.
  private static Process receiverOfTheGuide(String secret) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            Path.of("..", "docs", "guides", "WebhookReceiver.java").toString(),
            "0",
            secret)
        .redirectErrorStream(true)
        .start();
  }

  private static String urlOf(BufferedReader said) throws IOException {
    return said.readLine().substring("listening at ".length());
  }

  @Test
  void each_gets_what_it_wants_from_its_own_beginning_on() throws Exception {
    try (var one = new Receiver();
        var other = new Receiver();
        var _ = instance()) {
      shelf.publish("Said");
      shelf.subscribe(one.url(), "Said", "Sung");
      var second = shelf.publish("Said");
      shelf.publish("Whispered");
      shelf.subscribe(other.url(), "Sung");
      var fourth = shelf.publish("Said");
      var last = shelf.publish("Sung");
      eventually(() ->
          assertThat(one.ids())
              .containsExactlyInAnyOrder(second.toString(), fourth.toString(), last.toString()));
      eventually(() -> assertThat(other.ids()).containsExactly(last.toString()));
    }
  }

  @Test
  void what_is_not_taken_comes_again_in_longer_and_longer_intervals_and_is_parked()
      throws Exception {
    try (var receiver = new Receiver().answering(500);
        var instance = instance()) {
      var webhook = shelf.subscribe(receiver.url(), "Said");
      var event = shelf.publish("Said");
      var intervals =
          List.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H").stream()
              .map(Duration::parse)
              .toList();
      for (var i = 0; i < intervals.size(); i++) {
        var attempts = i + 1;
        eventually(() -> assertThat(onlyDelivery(webhook).attempts()).isEqualTo(attempts));
        var waiting = onlyDelivery(webhook);
        assertThat(waiting.state()).isEqualTo(DeliveryState.WAITING);
        assertThat(waiting.nextAttemptRecordedAt())
            .isEqualTo(wall.instant().plus(intervals.get(i)));
        assertThat(waiting.lastAttempt())
            .isEqualTo(new WebhookView.AttemptView(event, 500, "answered 500", wall.instant()));
        wall.pass(intervals.get(i));
        instance.look();
      }
      eventually(() -> assertThat(onlyDelivery(webhook).state()).isEqualTo(DeliveryState.PARKED));
      assertThat(receiver.ids()).hasSize(7).containsOnly(event.toString());
      var seen = shelf.view(webhook);
      assertThat(List.of(seen.waiting(), seen.parked())).containsExactly(0, 1);

      receiver.answering(200);
      assertThat(shelf.retry(webhook, event)).isPresent();
      assertThat(shelf.retry(webhook, event)).as("not parked any more").isEmpty();
      instance.look();
      eventually(() -> assertThat(shelf.deliveries(webhook)).isEmpty());
      assertThat(receiver.ids()).hasSize(8).containsOnly(event.toString());
      assertThat(shelf.view(webhook).parked()).isZero();
    }
  }

  private WebhookView.DeliveryView onlyDelivery(UUID webhook) throws SQLException {
    var deliveries = shelf.deliveries(webhook);
    assertThat(deliveries).hasSize(1);
    return deliveries.getFirst();
  }

  @Test
  void two_instances_share_the_work_and_nothing_comes_twice() throws Exception {
    try (var receiver = new Receiver();
        var _ = instance();
        var _ = instance()) {
      var webhook = shelf.subscribe(receiver.url(), "Said");
      List<String> published = new ArrayList<>();
      for (var i = 0; i < 300; i++) published.add(shelf.publish("Said").toString());
      eventually(() -> assertThat(shelf.view(webhook).lastAttempt()).isNotNull());
      eventually(() -> assertThat(receiver.ids()).hasSizeGreaterThanOrEqualTo(published.size()));
      eventually(() -> assertThat(shelf.deliveries(webhook)).isEmpty());
      assertThat(receiver.ids()).containsExactlyInAnyOrderElementsOf(published);
    }
  }

  /// The receiver has taken it, and the sender is killed before it can know.
  @Test
  void a_crash_between_sending_and_writing_down_repeats_one() throws Exception {
    var hasCome = new CountDownLatch(1);
    var isDead = new CountDownLatch(1);
    try (var receiver =
        new Receiver()
            .answering(exchange -> {
              hasCome.countDown();
              awaitFor(isDead);
              exchange.sendResponseHeaders(200, -1);
            })) {
      var webhook = shelf.subscribe(receiver.url(), "Said");
      var first = shelf.publish("Said");
      var child = child();
      try {
        awaitFor(hasCome);
      } finally {
        child.destroyForcibly().waitFor();
        isDead.countDown();
      }
      var second = shelf.publish("Said");
      try (var heir = instance()) {
        eventually(() -> assertThat(receiver.ids()).contains(second.toString()));
        assertThat(receiver.ids()).as("leased by the dead one").hasSize(2);
        wall.pass(Deliveries.LEASE);
        heir.look();
        eventually(() -> assertThat(shelf.deliveries(webhook)).isEmpty());
        assertThat(receiver.ids())
            .containsExactlyInAnyOrder(first.toString(), second.toString(), first.toString());
      }
    }
  }

  private static void awaitFor(CountDownLatch latch) {
    try {
      if (!latch.await(3, java.util.concurrent.TimeUnit.MINUTES)) {
        throw new AssertionError("waited in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Process child() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            Instance.class.getName(),
            shelf.database.url(),
            shelf.database.app(),
            shelf.database.password(),
            wall.instant().toString())
        .inheritIO()
        .start();
  }

  @Test
  void a_slow_receiver_holds_up_nobody_but_himself() throws Exception {
    var isOver = new CountDownLatch(1);
    var atOnce = new AtomicInteger();
    try (var quick = new Receiver();
        var slow =
            new Receiver()
                .answering(_ -> {
                  atOnce.incrementAndGet();
                  awaitFor(isOver);
                });
        var _ = instance()) {
      shelf.subscribe(slow.url(), "Said");
      shelf.subscribe(quick.url(), "Said");
      for (var i = 0; i < 50; i++) shelf.publish("Said");
      eventually(() -> assertThat(slow.received).isNotEmpty());
      eventually(() -> assertThat(quick.ids()).hasSize(50));
      assertThat(atOnce.get()).isBetween(1, Courier.UNDER_WAY_EACH_MAX);
      isOver.countDown();
    }
  }

  @Test
  void what_finds_no_room_is_counted() throws Exception {
    try (var receiver = new Receiver().answering(503);
        var instance = new Instance(shelf.app, wall, 3)) {
      var webhook = shelf.subscribe(receiver.url(), "Said");
      for (var i = 0; i < 5; i++) shelf.publish("Said");
      instance.start();
      eventually(() -> assertThat(shelf.view(webhook).missed()).isEqualTo(2));
      assertThat(shelf.deliveries(webhook)).hasSize(3);
    }
  }

  @Test
  void with_a_webhook_all_goes_that_waits_for_it() throws Exception {
    try (var receiver = new Receiver().answering(503);
        var _ = instance()) {
      var webhook = shelf.subscribe(receiver.url(), "Said");
      shelf.publish("Said");
      eventually(() -> assertThat(onlyDelivery(webhook).attempts()).isEqualTo(1));
      assertThat(shelf.delete(webhook)).isTrue();
      assertThat(shelf.delete(webhook)).isFalse();
      assertThat(shelf.deliveries(webhook)).isEmpty();
    }
  }

  @Test
  void there_may_be_so_many_and_no_more() throws Exception {
    for (var i = 0; i < Webhooks.WEBHOOKS_MAX; i++) shelf.subscribe("http://shop.test/", "Said");
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> shelf.subscribe("http://shop.test/", "Said"))
        .isInstanceOf(java.util.NoSuchElementException.class);
  }

  /// `pg_read_all_data` is what people's tools have.
  @Test
  void who_may_only_look_at_the_tables_finds_no_secret() throws Exception {
    shelf.subscribe("http://shop.test/", "Said");
    var database = shelf.database;
    try (var connection = Shelf.connect(database.url(), database.reader(), database.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select secret from webhook")) {
      assertThat(rows.next()).isFalse();
    }
  }
}
