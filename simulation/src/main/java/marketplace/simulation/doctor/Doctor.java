package marketplace.simulation.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import marketplace.simulation.doctor.Finding.Verdict;
import marketplace.simulation.doctor.Store.Content;
import marketplace.simulation.doctor.Topics.Told;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Is everything that is stored on Kafka too, are streams without gaps, is the slot healthy, do the
/// books balance?
public final class Doctor {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// An event waits for no longer where a relay runs.
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  /// A relay that is so far behind has stood still, or never catches up.
  private static final long BEHIND_MAX_BYTES = 1L << 30;

  private static final Duration ANSWER_MAX = Duration.ofMinutes(5);
  private static final int EXAMPLES_MAX = 5;
  private static final String NOBODY = "00000000-0000-4000-8000-000000000d0c";

  /// Of a slot that still has all that is needed of the log.
  private static final Set<String> HEALTHY = Set.of("reserved", "extended");

  private final Installation installation;
  private final List<Finding> findings = new ArrayList<>();

  private Doctor(Installation installation) {
    this.installation = installation;
  }

  /// What cannot be reached is a finding too.
  public static List<Finding> examine(Installation installation) {
    var doctor = new Doctor(installation);
    doctor.examine();
    return List.copyOf(doctor.findings);
  }

  /// The databases first: what they say that Kafka has must be there afterwards.
  private void examine() {
    Map<String, Content> contents = new TreeMap<>();
    for (var database : new TreeMap<>(installation.databases()).entrySet()) {
      try {
        contents.put(database.getKey(), new Store(database.getValue()).read());
      } catch (SQLException e) {
        failed(database.getKey(), "database", String.valueOf(e.getMessage()).strip());
      }
    }
    var told = read();
    contents.forEach((service, content) -> {
      inTables(service, content);
      if (told != null) onTopics(service, content, told.getOrDefault(service, new Told()));
    });
    books();
  }

  private @Nullable Map<String, Told> read() {
    try {
      return Topics.read(installation.kafka());
    } catch (KafkaException e) {
      failed("kafka", "brokers", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private void inTables(String service, Content content) {
    verdict(
        service, "stored streams", content.gaps().isEmpty(), "no gap", "gaps: " + content.gaps());
    verdict(
        service,
        "outbox",
        content.waitedFor().compareTo(WAIT_MAX) <= 0,
        "%d events wait to be published".formatted(content.waiting()),
        "%d events wait to be published, the oldest for %d s"
            .formatted(content.waiting(), content.waitedFor().toSeconds()));
    slots(service, content);
    for (var records : content.setAside()) {
      var usual = records.kind().equals("PARKED") || records.kind().equals("AWAITING");
      findings.add(
          new Finding(
              service,
              "records set aside",
              usual ? Verdict.OK : Verdict.WARNING,
              "%d %s, e.g. %s".formatted(records.count(), records.kind(), records.example())));
    }
  }

  private void slots(String service, Content content) {
    if (content.slots().isEmpty()) {
      failed(service, "replication slot", "there is none: nothing is published");
    }
    for (var slot : content.slots()) {
      var detail =
          "%s is %s, %s, %,d bytes behind"
              .formatted(
                  slot.name(),
                  slot.health(),
                  slot.active() ? "read" : "read by nobody",
                  slot.behindBytes());
      var verdict = Verdict.OK;
      if (!slot.active() || slot.behindBytes() > BEHIND_MAX_BYTES) verdict = Verdict.WARNING;
      if (!HEALTHY.contains(slot.health())) verdict = Verdict.FAILED;
      findings.add(new Finding(service, "replication slot", verdict, detail));
    }
  }

  private void onTopics(String service, Content content, Told told) {
    var lost = without(content.published(), told.ids());
    verdict(
        service,
        "stored and told",
        lost.isEmpty(),
        "%,d events".formatted(content.published().size()),
        "%,d events are said to be on Kafka and are not, e.g. %s"
            .formatted(lost.size(), examples(lost)));
    verdict(
        service,
        "told streams",
        told.gaps().isEmpty(),
        "no gap, %,d records repeat an event".formatted(told.repeated()),
        "gaps: " + told.gaps());
    try {
      // What came in after the tables had been read is looked up.
      var login = installation.databases().get(service);
      if (login == null) return;
      var unknown = new Store(login).missing(without(told.ids(), content.published()));
      verdict(
          service,
          "told and stored",
          unknown.isEmpty(),
          "%,d events".formatted(told.ids().size()),
          "%,d events are on Kafka and not stored, e.g. %s"
              .formatted(unknown.size(), examples(unknown)));
    } catch (SQLException e) {
      failed(service, "database", String.valueOf(e.getMessage()).strip());
    }
  }

  private static Set<UUID> without(Set<UUID> all, Set<UUID> some) {
    Set<UUID> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static List<UUID> examples(Collection<UUID> ids) {
    return ids.stream().limit(EXAMPLES_MAX).toList();
  }

  /// refund-service holds all its ledgers against their postings.
  private void books() {
    var service = "refund-service";
    try (var http = HttpClient.newHttpClient()) {
      for (var rule : invariants(http, installation.refunds())) {
        verdict(
            service,
            "books, " + rule.get("id").asText(),
            rule.get("ok").asBoolean(),
            "%,d looked at".formatted(rule.get("checked").asLong()),
            rule.get("failures").toString());
      }
    } catch (IOException e) {
      failed(service, "books", "no answer at %s: %s".formatted(installation.refunds(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(service, "books", "interrupted");
    }
  }

  private static JsonNode invariants(HttpClient http, URI refunds)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(refunds.resolve("/v1/invariants?full=true"))
            .timeout(ANSWER_MAX)
            .header("X-Role", "PLATFORM")
            .header("X-Actor-Id", NOBODY)
            .build();
    var response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("%d %s".formatted(response.statusCode(), response.body()));
    }
    return JSON.readTree(response.body());
  }

  private void verdict(String subject, String check, boolean ok, String well, String ill) {
    findings.add(new Finding(subject, check, ok ? Verdict.OK : Verdict.FAILED, ok ? well : ill));
  }

  private void failed(String subject, String check, String detail) {
    findings.add(new Finding(subject, check, Verdict.FAILED, detail));
  }
}
