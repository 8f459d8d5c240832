package marketplace.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", HttpConnectionTest::answer);
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  /// Says what came.
  private static void answer(HttpExchange exchange) throws IOException {
    var asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var told =
        "{\"method\":\"%s\",\"role\":\"%s\",\"asked\":\"%s\"}"
            .formatted(
                exchange.getRequestMethod(), exchange.getRequestHeaders().getFirst("X-Role"), asked)
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(201, told.length);
    exchange.getResponseBody().write(told);
    exchange.close();
  }

  @Test
  void asks_again_and_again_on_one_connection() throws IOException {
    try (var connection = new HttpConnection(server.getAddress().getPort())) {
      for (var number = 0; number < 3; number++) {
        var reply = connection.send("POST", "/v1/orders", "X-Role: BUYER\r\n", "Grüße " + number);
        assertThat(reply.status()).isEqualTo(201);
        assertThat(reply.text("method")).isEqualTo("POST");
        assertThat(reply.text("role")).isEqualTo("BUYER");
        assertThat(reply.text("asked")).isEqualTo("Grüße " + number);
      }
    }
  }

  @Test
  void says_so_when_an_answer_lacks_what_was_looked_for() throws IOException {
    try (var connection = new HttpConnection(server.getAddress().getPort())) {
      var reply = connection.send("GET", "/", "", "");
      assertThatThrownBy(() -> reply.text("orderId")).hasMessageContaining("no orderId");
    }
  }
}
