package marketplace.edge.webhook;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.edge.webhook.WebhookView.DeliveryView;
import marketplace.platform.Database;
import marketplace.platform.TestPlatform;

/// A service's store that no other test uses, and what people see of its webhooks.
final class Shelf {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  final Database database = TestPlatform.newDatabase();
  final DataSource app = pooled(database.url(), database.app(), database.password());
  private final Webhooks webhooks;

  Shelf(InstantSource wall) {
    webhooks = new Webhooks(wall);
    try (var connection = connect(database.url(), database.owner(), database.password());
        var statement = connection.createStatement()) {
      for (var file :
          List.of(
              "event-sourcing/V001__event_store.sql",
              "event-sourcing/V003__follower.sql",
              "edge/V050__webhooks.sql")) {
        statement.execute(migration(file));
      }
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String migration(String file) throws IOException {
    try (var sql = Shelf.class.getResourceAsStream("/db/" + file)) {
      if (sql == null) throw new IllegalStateException("no migration " + file);
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8)
          .replace("${app_role}", database.app())
          .replace("${relay_role}", database.relay());
    }
  }

  /// A published event of the one kind that every service has: a fact that it has rejected.
  ///
  /// @return `ce_id`
  UUID publish(String type) throws SQLException {
    var id = UUID.randomUUID();
    try (var connection = app.getConnection();
        var statement =
            connection.prepareStatement(
                """
                insert into event (event_id, stream, version, previous_published, has_message, type,
                  data, correlation_id, causation_id, actor, origin, time)
                values (?, 'rejected-' || ?, 1, 0, true, 'rejected.fact.v1',
                  jsonb_build_object('key', ?, 'type', ?, 'dataSchema', 'urn:word', 'data',
                    '{"word": "Grüße"}', 'rejectedBy', 'shelf', 'reason', 'WHY'),
                  ?, ?, 'BUYER:1', 'SERVICE', '2026-01-05T09:00:00Z')
                """)) {
      connection.setAutoCommit(true);
      statement.setObject(1, id);
      statement.setString(2, id.toString());
      statement.setString(3, id.toString());
      statement.setString(4, type);
      statement.setObject(5, id);
      statement.setObject(6, id);
      statement.executeUpdate();
    }
    return id;
  }

  UUID subscribe(String url, String... types) throws SQLException {
    var id = UUID.randomUUID();
    try (var connection = app.getConnection()) {
      connection.setAutoCommit(true);
      var made = webhooks.add(connection, id, url, List.of(types), SECRET, "PLATFORM:1");
      return made.orElseThrow().webhookId();
    }
  }

  WebhookView view(UUID webhook) throws SQLException {
    try (var connection = app.getConnection()) {
      connection.setAutoCommit(true);
      return webhooks.find(connection, webhook).orElseThrow();
    }
  }

  List<DeliveryView> deliveries(UUID webhook) throws SQLException {
    try (var connection = app.getConnection()) {
      connection.setAutoCommit(true);
      return webhooks.deliveries(connection, webhook, null, null, 200);
    }
  }

  Optional<DeliveryView> retry(UUID webhook, UUID event) throws SQLException {
    try (var connection = app.getConnection()) {
      connection.setAutoCommit(true);
      return webhooks.retry(connection, webhook, event);
    }
  }

  boolean delete(UUID webhook) throws SQLException {
    try (var connection = app.getConnection()) {
      connection.setAutoCommit(true);
      return webhooks.delete(connection, webhook);
    }
  }

  static Connection connect(String url, String role, String password) throws SQLException {
    return DriverManager.getConnection(url, role, password);
  }

  /// Connections that are kept when they are closed, as a service's pool does.
  static DataSource pooled(String url, String role, String password) {
    Deque<Connection> idle = new ArrayDeque<>();
    return proxy(
        DataSource.class,
        (_, _, _) -> {
          Connection taken;
          synchronized (idle) {
            taken = idle.poll();
          }
          var connection = taken == null ? connect(url, role, password) : taken;
          return proxy(
              Connection.class,
              (_, method, arguments) -> {
                if (method.getName().equals("close")) {
                  synchronized (idle) {
                    idle.push(connection);
                  }
                  return null;
                }
                try {
                  return method.invoke(connection, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getTargetException();
                }
              });
        });
  }

  private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(Shelf.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
