package marketplace.edge.webhook;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import marketplace.edge.webhook.Deliveries.Fresh;
import marketplace.edge.webhook.Deliveries.Subscription;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.following.Turn;
import marketplace.eventsourcing.store.EventReader;
import marketplace.eventsourcing.store.EventReader.Passing;
import marketplace.eventsourcing.store.EventReader.Place;

/// Follows the service's own store, and makes a delivery of each published event for every webhook
/// that wants it. Deliveries and place are one transaction, so each is made once, whoever follows.
///
/// It begins behind the first webhook there is: without any, nothing is read.
final class FanOut implements AutoCloseable {
  private static final String NAME = "webhooks";
  private static final int EVENTS_EACH_PIECE = 200;

  private final DataSource database;
  private final EventReader reader;
  private final Deliveries deliveries;
  private final String source;
  private final Set<String> topics;
  private final int backlogMax;
  private final Runnable added;
  private final Rounds rounds = new Rounds("webhook-fan-out", this::followPiece);
  private volatile boolean isAnybodyThere;

  /// @param source `ce_source`
  /// @param topics of the service's own events; a copy of what it has rejected is none
  /// @param added told when there is something to send
  FanOut(
      DataSource database,
      EventReader reader,
      Deliveries deliveries,
      String source,
      Set<String> topics,
      int backlogMax,
      Runnable added) {
    this.database = database;
    this.reader = reader;
    this.deliveries = deliveries;
    this.source = source;
    this.topics = Set.copyOf(topics);
    this.backlogMax = backlogMax;
    this.added = added;
  }

  void start() {
    rounds.start();
  }

  @Override
  public void close() {
    rounds.close();
  }

  /// Somebody new is there.
  void look() {
    rounds.look();
  }

  /// An event was stored here. What others store is found a little later.
  void appended(StoredEvent<?> event) {
    if (isAnybodyThere && event.hasMessage()) rounds.look();
  }

  private boolean followPiece() throws SQLException {
    var first = deliveries.firstWanted();
    isAnybodyThere = first != null;
    if (first == null) return false;
    try (var turn = new Turn(database, NAME)) {
      if (!turn.begin()) return false;
      var place = later(turn.place(), first);
      var piece = reader.after(place, EVENTS_EACH_PIECE);
      if (piece.next().equals(place)) return false;
      // Read behind the events, so that nobody is missing who was there before them.
      var made = make(turn.connection(), piece.events());
      turn.endAt(piece.next());
      if (made) added.run();
      return true;
    }
  }

  private static Place later(Place one, Place other) {
    return number(one) >= number(other) ? one : other;
  }

  private static long number(Place place) {
    return Long.parseLong(place.xid());
  }

  private boolean make(Connection connection, List<Passing> events) throws SQLException {
    var made = false;
    for (var subscription : deliveries.subscriptions(connection)) {
      var wanted = events.stream().filter(event -> wants(subscription, event)).toList();
      if (wanted.isEmpty()) continue;
      var backlog = deliveries.backlog(connection, subscription.webhookId(), backlogMax);
      var room = Math.min(wanted.size(), backlogMax - backlog);
      List<Fresh> fresh = new ArrayList<>();
      for (var event : wanted.subList(0, room)) fresh.add(fresh(subscription, event));
      deliveries.add(connection, fresh);
      if (room < wanted.size()) {
        deliveries.miss(connection, subscription.webhookId(), wanted.size() - room);
      }
      made |= room > 0;
    }
    return made;
  }

  private boolean wants(Subscription subscription, Passing event) {
    return topics.contains(event.message().topic())
        && subscription.types().contains(event.message().type())
        && number(event.place()) > subscription.since();
  }

  private Fresh fresh(Subscription subscription, Passing event) {
    var message = event.message();
    return new Fresh(
        subscription.webhookId(),
        event.stored().eventId(),
        message.type(),
        Envelope.of(event.stored(), message, source).document(message));
  }
}
