package marketplace.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.contracts.ContractJson;

/// The notifications that no mail has left for, shared by any number of senders. Wall time,
/// whatever time is simulated: the world outside has no other.
@Singleton
final class MailQueue {
  /// More than this is not counted, so that asking stays cheap.
  static final int WAITING_MAX = 10_000;

  private final DataSource dataSource;

  MailQueue(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// A mail that is ours for as long as the lease holds.
  ///
  /// @param refusals how often a server would not have it
  record Leased(UUID recipientId, Notification notification, int refusals, Instant dueAt) {
    UUID id() {
      return notification.notificationId();
    }
  }

  /// What has been due the longest, and nobody else's until the lease is over.
  List<Leased> lease(int max, Duration lease) throws SQLException {
    var sql =
        """
        with due as (
          select notification_id, mail_due_at from notifications
          where mail_due_at <= now()
          order by mail_due_at limit ? for update skip locked)
        update notifications as leased
        set mail_due_at = now() + ? * interval '1 second'
        from due where leased.notification_id = due.notification_id
        returning leased.recipient_id, leased.view, leased.mail_attempts, due.mail_due_at
        """;
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setInt(1, max);
      statement.setLong(2, lease.toSeconds());
      List<Leased> leased = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          leased.add(
              new Leased(
                  rows.getObject(1, UUID.class),
                  read(rows.getString(2)),
                  rows.getInt(3),
                  rows.getTimestamp(4).toInstant()));
        }
      }
      leased.sort(
          Comparator.comparing(Leased::dueAt)
              .thenComparing((Leased mail) -> mail.notification().notifiedAt()));
      return leased;
    }
  }

  void sent(Leased mail) throws SQLException {
    update(
        "update notifications set mail_due_at = null, sent_at = now() where notification_id = ?",
        mail.id());
  }

  /// No mail of this will ever leave.
  void drop(Leased mail) throws SQLException {
    update("update notifications set mail_due_at = null where notification_id = ?", mail.id());
  }

  void refused(Leased mail, Duration pause) throws SQLException {
    update(
        """
        update notifications
        set mail_due_at = now() + ? * interval '1 second', mail_attempts = mail_attempts + 1
        where notification_id = ?
        """,
        pause.toSeconds(),
        mail.id());
  }

  void later(Leased mail, Duration pause) throws SQLException {
    update(
        """
        update notifications set mail_due_at = now() + ? * interval '1 second'
        where notification_id = ?
        """,
        pause.toSeconds(),
        mail.id());
  }

  /// Nobody has tried these.
  void giveBack(Collection<Leased> mails) throws SQLException {
    update(
        "update notifications set mail_due_at = now() where notification_id = any (?)",
        (Object) mails.stream().map(Leased::id).toArray(UUID[]::new));
  }

  /// How many wait, tried already or not.
  long waiting() throws SQLException {
    var sql =
        """
        select count(*) from (
          select 1 from notifications where mail_due_at is not null limit %d) as waiting
        """
            .formatted(WAITING_MAX);
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql);
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void update(String sql, Object... values) throws SQLException {
    try (var connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (var index = 0; index < values.length; index++) {
        statement.setObject(index + 1, values[index]);
      }
      statement.executeUpdate();
    }
  }

  private static Notification read(String view) {
    try {
      return ContractJson.mapper().readValue(view, Notification.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a notification that was written can be read: " + view, e);
    }
  }
}
