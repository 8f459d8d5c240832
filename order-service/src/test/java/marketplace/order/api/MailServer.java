package marketplace.order.api;

import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import marketplace.platform.Loopback;

/// A real SMTP server for tests, which can go away, and refuse.
final class MailServer {
  private final int port;
  private final List<MimeMessage> received = new CopyOnWriteArrayList<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private GreenMail server = new GreenMail();

  /// Tells the service where it is going to be: tests that do not start it are tests of a service
  /// whose mail server is away.
  public static final class Settings implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      return Map.of(
          "marketplace.mail.host",
          Loopback.HOST,
          "marketplace.mail.port",
          String.valueOf(Loopback.freePort()));
    }

    @Override
    public void stop() {}
  }

  MailServer(int port) {
    this.port = port;
  }

  void start() {
    server = new GreenMail(new ServerSetup(port, Loopback.HOST, ServerSetup.PROTOCOL_SMTP));
    server.start();
    var everybody = server.setUser("everybody@marketplace.example", "");
    server
        .getUserManager()
        .setMessageDeliveryHandler((message, to) -> {
          if (refused.contains(to.getEmail())) throw new UserException("unknown");
          received.add(message.getMessage());
          return everybody;
        });
  }

  void stop() {
    server.stop();
  }

  void refuse(String address) {
    refused.add(address);
  }

  List<MimeMessage> received() {
    return received;
  }
}
