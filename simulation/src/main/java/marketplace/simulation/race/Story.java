package marketplace.simulation.race;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.journal.Published;
import marketplace.simulation.race.RaceAction.Actor;
import marketplace.simulation.race.Raced.Act;

/// How something came about, as a Mermaid sequence diagram: who asked for what, what was stored,
/// and who heard of it when. Notices are left out.
final class Story {
  private static final Map<String, String> PARTICIPANTS =
      Map.of(
          "order-service", "Orders",
          "seller-service", "Sellers",
          "refund-service", "Refunds",
          "dispute-service", "Disputes");
  private static final List<String> ORDER =
      List.of("order-service", "seller-service", "refund-service", "dispute-service");
  private static final Set<String> NOTICES = Set.of("BuyerNotified", "SellerNotified");

  private final List<String> lines = new ArrayList<>();
  private final Set<String> actors = new HashSet<>();
  private final Map<UUID, Published> events = new HashMap<>();
  private final Set<String> heard = new HashSet<>();

  /// Somebody asked for it, and was answered.
  void act(RaceAction action, Act made, Instant now) {
    if (action.actor() == Actor.CLOCK) {
      over(made.accepted() ? "%s: it is %s".formatted(action.word(), now) : made.toString());
      return;
    }
    var actor = name(action.actor());
    var service = PARTICIPANTS.get(action.service());
    actors.add(actor);
    lines.add("%s->>%s: %s".formatted(actor, service, action.word()));
    if (!made.accepted()) lines.add("%s--x%s: %s".formatted(service, actor, made.code()));
  }

  /// A service reads the next record, which another has told.
  void heard(String service, String from, String type) {
    lines.add("%s-->>%s: %s".formatted(PARTICIPANTS.get(from), PARTICIPANTS.get(service), type));
  }

  /// What was stored and told meanwhile. What somebody else's event has caused was heard before.
  void happened(List<Published> published, boolean showHearing) {
    for (var event : published) {
      events.put(event.envelope().id(), event);
      if (NOTICES.contains(event.type())) continue;
      var service = service(event);
      var cause = events.get(event.envelope().causationId());
      if (showHearing && cause != null && !service(cause).equals(service)) {
        if (heard.add(service + cause.envelope().id()))
          heard(service, service(cause), cause.type());
      }
      lines.add("Note over %s: %s".formatted(PARTICIPANTS.get(service), event.type()));
    }
  }

  void broke(List<Broken> broken) {
    for (var one : broken) over("broken: %s, %s".formatted(one.id(), one.detail()));
  }

  private void over(String text) {
    // A semicolon ends a statement of Mermaid's.
    lines.add("Note over Orders,Disputes: " + text.replace(';', ','));
  }

  String diagram() {
    var text = new StringBuilder("sequenceDiagram\n");
    for (var actor : Actor.values()) {
      if (actors.contains(name(actor))) text.append("  actor ").append(name(actor)).append('\n');
    }
    for (var service : ORDER) {
      text.append("  participant %s as %s\n".formatted(PARTICIPANTS.get(service), service));
    }
    for (var line : lines) text.append("  ").append(line).append('\n');
    return text.toString();
  }

  private static String service(Published event) {
    return event.envelope().source().substring(1);
  }

  private static String name(Actor actor) {
    return actor.name().charAt(0) + actor.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
