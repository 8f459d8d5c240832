package marketplace.simulation.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.journal.OrderAccount;

/// The invariants of all services together: what refund-service says of its own books, and what the
/// public events add up to.
public final class Proof {
  private static final List<String> OURS =
      List.of("M1", "M2", "M3", "M4", "M5", "M6", "U1", "U2", "R1", "T1", "T2", "N1");

  private final LiveMarket market;

  public Proof(LiveMarket market) {
    this.market = market;
  }

  /// @param by who has looked: a service, or `simulation`
  /// @param checked orders
  /// @param all are these all orders that there have been, or only those that were heard of last?
  public record Invariant(
      String id, String by, boolean ok, long checked, boolean all, List<Failure> failures) {}

  public record Failure(String orderId, String detail) {}

  public List<Invariant> invariants() {
    List<Invariant> result = new ArrayList<>(ofTheLedgers());
    result.addAll(ofTheEvents());
    return result;
  }

  private List<Invariant> ofTheLedgers() {
    var reply = market.services().ask("refund-service", "/v1/invariants");
    List<Invariant> result = new ArrayList<>();
    for (var json : reply.body()) {
      List<Failure> failures = new ArrayList<>();
      for (var failure : json.path("failures")) {
        failures.add(
            new Failure(failure.path("orderId").asText(), failure.path("detail").asText()));
      }
      result.add(
          new Invariant(
              text(json, "id"),
              "refund-service",
              json.path("ok").asBoolean(),
              json.path("checked").asLong(),
              true,
              failures));
    }
    return result;
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asText();
  }

  /// What is only true at the end is asked of orders that are at their end, and only while nothing
  /// is on its way.
  private List<Invariant> ofTheEvents() {
    var quiet = market.clock().isQuiet();
    var journal = market.journal();
    Map<String, List<Failure>> failures = new LinkedHashMap<>();
    OURS.forEach(id -> failures.put(id, new ArrayList<>()));
    var checked = 0;
    for (var key : journal.orders()) {
      var account = account(journal, key);
      checked++;
      var broken = quiet ? account.brokenSoFar() : account.broken();
      for (Broken one : broken) {
        failures
            .computeIfAbsent(one.id(), _ -> new ArrayList<>())
            .add(new Failure(one.orderId().toString(), one.detail()));
      }
    }
    List<Invariant> result = new ArrayList<>();
    for (var entry : failures.entrySet()) {
      var found = entry.getValue();
      result.add(
          new Invariant(
              entry.getKey(), "simulation", found.isEmpty(), checked, journal.isWhole(), found));
    }
    return result;
  }

  private static OrderAccount account(Journal journal, UUID orderId) {
    var account = new OrderAccount(orderId);
    journal.of(orderId).forEach(account::watch);
    return account;
  }
}
