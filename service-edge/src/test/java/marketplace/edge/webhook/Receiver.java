package marketplace.edge.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/// Somebody who is told of events: a web server of its own.
final class Receiver implements AutoCloseable {
  final List<Received> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Answer answer = exchange -> exchange.sendResponseHeaders(204, -1);

  /// What somebody has sent.
  record Received(
      String host, String contentType, String id, String timestamp, String signature, String body) {
    static Received of(HttpExchange exchange) throws IOException {
      var headers = exchange.getRequestHeaders();
      return new Received(
          String.valueOf(headers.getFirst("host")),
          String.valueOf(headers.getFirst("content-type")),
          String.valueOf(headers.getFirst("webhook-id")),
          String.valueOf(headers.getFirst("webhook-timestamp")),
          String.valueOf(headers.getFirst("webhook-signature")),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  Receiver() {
    this(plain());
  }

  Receiver(HttpServer server) {
    this.server = server;
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          received.add(Received.of(exchange));
          try (exchange) {
            answer.to(exchange);
          }
        });
    server.start();
  }

  private static HttpServer plain() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Receiver answering(int status) {
    return answering(exchange -> exchange.sendResponseHeaders(status, -1));
  }

  Receiver answering(Answer other) {
    answer = other;
    return this;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/events?of=shelf";
  }

  List<String> ids() {
    return received.stream().map(Received::id).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
