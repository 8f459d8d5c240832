package marketplace.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.IdempotencyKey;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.RenderedAnswer;

/// Keeps the answers of commands that no stream decides, as the command handler does for the
/// others: deed and answer are one transaction, and whoever asks again under the same key undoes
/// his own.
@Singleton
public class OnceOnly {
  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private static final String KEEP =
      """
      insert into idempotency as kept (body_hash, status, headers, body, caller, path, key)
      values (?, ?, ?::jsonb, ?, ?, ?, ?)
      on conflict (caller, path, key) do update
      set body_hash = excluded.body_hash, status = excluded.status, headers = excluded.headers,
        body = excluded.body, created_at = now()
      where kept.created_at <= now() - interval '24 hours'
      """;

  private static final String KEPT =
      "select body_hash, status, headers, body from idempotency"
          + " where caller = ? and path = ? and key = ?";

  private final DataSource dataSource;
  private final ObjectMapper json;

  OnceOnly(DataSource dataSource, ObjectMapper json) {
    this.dataSource = dataSource;
    this.json = json;
  }

  /// What a command does, in the transaction that it is given.
  @FunctionalInterface
  public interface Deed {
    Answer done(Connection connection) throws SQLException;
  }

  RenderedAnswer run(IdempotencyKey key, Deed deed) {
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var answer = rendered(deed.done(connection));
        if (keep(connection, key, answer)) {
          connection.commit();
          return answer;
        }
        connection.rollback();
        return kept(connection, key);
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("nothing was done", e);
    }
  }

  private RenderedAnswer rendered(Answer answer) {
    var body = answer.body();
    return new RenderedAnswer(
        answer.status(), answer.headers(), body == null ? null : written(body));
  }

  /// @return false where somebody was answered under this key before
  private boolean keep(Connection connection, IdempotencyKey key, RenderedAnswer answer)
      throws SQLException {
    try (var statement = connection.prepareStatement(KEEP)) {
      statement.setString(1, key.bodyHash());
      statement.setInt(2, answer.status());
      statement.setString(3, written(answer.headers()));
      statement.setString(4, answer.body());
      name(statement, 5, key);
      return statement.executeUpdate() == 1;
    }
  }

  private RenderedAnswer kept(Connection connection, IdempotencyKey key) throws SQLException {
    try (var statement = connection.prepareStatement(KEPT)) {
      name(statement, 1, key);
      try (var row = statement.executeQuery()) {
        if (!row.next()) throw new IllegalStateException("an answer was kept, and is gone");
        if (!row.getString(1).equals(key.bodyHash())) {
          throw new ProblemException(
              Problem.of(
                  422, "IDEMPOTENCY_KEY_REUSED", "this key was used for another body", null));
        }
        var headers = new HashMap<>(json.readValue(row.getString(3), HEADERS));
        headers.put("Idempotent-Replayed", "true");
        return new RenderedAnswer(row.getInt(2), headers, row.getString(4));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that was kept cannot be read", e);
    }
  }

  private static void name(PreparedStatement statement, int first, IdempotencyKey key)
      throws SQLException {
    statement.setString(first, key.caller());
    statement.setString(first + 1, key.path());
    statement.setString(first + 2, key.key());
  }

  private String written(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written", e);
    }
  }
}
