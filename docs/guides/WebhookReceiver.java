import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Receives webhooks and prints each event once: `java WebhookReceiver.java 9000 whsec_…`.
final class WebhookReceiver {
  private static final Duration AGE_MAX = Duration.ofMinutes(5);

  private final byte[] key;

  /// Keep these where they outlive a restart.
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private WebhookReceiver(String secret) {
    key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
  }

  public static void main(String[] arguments) throws IOException {
    var receiver = new WebhookReceiver(arguments[1]);
    var address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
    var server = HttpServer.create(address, 0);
    server.createContext("/", receiver::receive);
    server.start();
    System.out.println("listening at http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      // As it came: a body that was read as JSON and written again has another signature.
      var body = exchange.getRequestBody().readAllBytes();
      var headers = exchange.getRequestHeaders();
      var id = headers.getFirst("webhook-id");
      var timestamp = headers.getFirst("webhook-timestamp");
      if (!isRecent(timestamp) || !isSigned(id, timestamp, body, headers.getFirst("webhook-signature"))) {
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      // The same event may come twice, and must not count twice.
      if (seen.add(id)) System.out.println(new String(body, UTF_8));
      exchange.sendResponseHeaders(204, -1);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /// So that nobody sends us next year what he has heard today.
  private static boolean isRecent(String timestamp) {
    var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now());
    return age.abs().compareTo(AGE_MAX) <= 0;
  }

  private boolean isSigned(String id, String timestamp, byte[] body, String signatures)
      throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
    var expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    for (var signature : signatures.split(" ")) {
      if (MessageDigest.isEqual(expected.getBytes(UTF_8), signature.getBytes(UTF_8))) return true;
    }
    return false;
  }
}
