package marketplace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import marketplace.edge.webhook.Deliveries.Attempt;
import marketplace.edge.webhook.Deliveries.Attempt.Failed;
import marketplace.edge.webhook.Deliveries.Attempt.Taken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One attempt, and what receivers may do to it.
class PostTest {
  private static final String PASSWORD = "changeit";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(2);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Vertx vertx = Vertx.vertx();
  private final Destinations.Names everybodyIsHere = _ -> new InetAddress[] {LOOPBACK};

  @AfterEach
  void end() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Attempt send(String url) {
    return send(url, everybodyIsHere, new HttpClientOptions());
  }

  private Attempt send(String url, Destinations.Names names, HttpClientOptions options) {
    var loopback = new Destinations(List.of(Network.parse("127.0.0.0/8")), names);
    try (var post = new Post(vertx, loopback, 10, options, ATTEMPT_MAX)) {
      return post.send(url, Map.of("content-type", "text/plain", "webhook-id", "7"), "a");
    }
  }

  @Test
  void connects_to_the_address_that_was_checked_and_names_the_host_of_the_URL() {
    try (var receiver = new Receiver()) {
      assertThat(send("http://shop.test:%d/events".formatted(receiver.port())))
          .isEqualTo(new Taken(204));
      assertThat(receiver.received)
          .singleElement()
          .satisfies(one -> {
            assertThat(one.host()).isEqualTo("shop.test:" + receiver.port());
            assertThat(one.id()).isEqualTo("7");
            assertThat(one.body()).isEqualTo("a");
          });
    }
  }

  @Test
  void asks_for_the_address_anew_each_time_and_refuses_where_it_is_private_now() throws Exception {
    var looks = new AtomicInteger();
    Destinations.Names rebound =
        _ ->
            new InetAddress[] {
              InetAddress.getByName(looks.getAndIncrement() == 0 ? "93.184.216.34" : "127.0.0.1")
            };
    var destinations = new Destinations(List.of(), rebound);
    try (var receiver = new Receiver();
        var post = new Post(vertx, destinations, 10)) {
      var url = "http://shop.test:%d/".formatted(receiver.port());
      assertThat(Destinations.isPublic(destinations.addressOf(Destinations.parse(url)))).isTrue();
      assertThat(post.send(url, Map.of(), "a"))
          .isEqualTo(new Failed(null, "the URL leads to an address that is not public"));
      assertThat(receiver.received).isEmpty();
      assertThat(looks).hasValue(2);
    }
  }

  @Test
  void follows_no_redirection() {
    try (var other = new Receiver();
        var receiver =
            new Receiver()
                .answering(exchange -> {
                  exchange.getResponseHeaders().add("location", other.url());
                  exchange.sendResponseHeaders(307, -1);
                })) {
      assertThat(send(receiver.url())).isEqualTo(new Failed(307, "answered 307"));
      assertThat(other.received).isEmpty();
    }
  }

  @Test
  void reads_nothing_of_an_answer_that_does_not_end() throws Exception {
    var cut = new CountDownLatch(1);
    try (var receiver =
        new Receiver()
            .answering(exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try (var body = exchange.getResponseBody()) {
                while (true) body.write(new byte[64 * 1024]);
              } catch (IOException e) {
                cut.countDown();
                throw e;
              }
            })) {
      assertThat(send(receiver.url())).isEqualTo(new Taken(200));
      assertThat(cut.await(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void waits_so_long_and_no_longer_for_one_who_only_begins_to_answer() throws Exception {
    var isCut = new AtomicBoolean();
    try (var server = new ServerSocket(0, 1, LOOPBACK)) {
      Thread.ofVirtual()
          .start(() -> {
            try (var connection = server.accept()) {
              var out = connection.getOutputStream();
              out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
              // One byte after the other, for ever.
              while (true) {
                out.write("a".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
              }
            } catch (IOException _) {
              isCut.set(true);
            }
          });
      assertThat(send("http://shop.test:" + server.getLocalPort()))
          .isEqualTo(new Failed(null, "no answer within PT2S"));
      await().atMost(PATIENCE).untilTrue(isCut);
    }
  }

  @Test
  void says_what_is_wrong_with_one_who_is_not_there() throws Exception {
    int port;
    try (var server = new ServerSocket(0, 1, LOOPBACK)) {
      port = server.getLocalPort();
    }
    assertThat(send("http://shop.test:" + port))
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.why()).contains("Connection refused"));
  }

  @Test
  void asks_for_a_certificate_of_the_host_that_the_URL_names(@TempDir Path folder)
      throws Exception {
    var keys = folder.resolve("shop.p12");
    makeCertificate(keys);
    try (var receiver = new Receiver(secure(keys))) {
      var trusting =
          new HttpClientOptions()
              .setTrustOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
      assertThat(send("https://shop.test:" + receiver.port(), everybodyIsHere, trusting))
          .isEqualTo(new Taken(204));
      assertThat(send("https://other.test:" + receiver.port(), everybodyIsHere, trusting))
          .isInstanceOf(Failed.class);
      assertThat(send("https://shop.test:" + receiver.port())).isInstanceOf(Failed.class);
      assertThat(receiver.received).hasSize(1);
    }
  }

  private static void makeCertificate(Path keys) throws Exception {
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var made =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "shop",
                "-keyalg",
                "EC",
                "-dname",
                "CN=shop.test",
                "-ext",
                "san=dns:shop.test",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString())
            .redirectErrorStream(true)
            .start();
    try (InputStream said = made.getInputStream()) {
      var words = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(made.waitFor()).as(words).isZero();
    }
  }

  private static HttpsServer secure(Path keys) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    var server = HttpsServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }
}
