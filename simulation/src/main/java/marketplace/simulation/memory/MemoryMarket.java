package marketplace.simulation.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import marketplace.contracts.ContractJson;
import marketplace.contracts.MessageFamily;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Delivery;
import marketplace.eventsourcing.Envelope;
import marketplace.eventsourcing.EnvelopeReading;
import marketplace.eventsourcing.History;
import marketplace.eventsourcing.IdSource;
import marketplace.eventsourcing.IdempotencyKey;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.eventsourcing.RejectedFact;
import marketplace.eventsourcing.ServiceRules;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.store.InMemoryEventStore;
import marketplace.eventsourcing.store.InMemoryEventStore.DueStream;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.refund.process.ProviderScript;
import marketplace.simulation.journal.Journal;
import marketplace.simulation.journal.Published;
import marketplace.simulation.journal.Rejected;
import marketplace.simulation.world.Catalogue;
import marketplace.simulation.world.Reply;
import marketplace.simulation.world.Request;
import marketplace.simulation.world.StoredFact;
import org.jspecify.annotations.Nullable;

/// All four services with the topics between them, as single moves: somebody calls, a relay sends
/// one event, a consumer reads one record, an event is followed up in its own service, a deadline
/// fires, time goes on. Who makes which move when is up to whoever plays it.
public final class MemoryMarket {
  private static final ObjectMapper JSON = ContractJson.mapper();

  /// As if a relay that dies had read so many events at once.
  private static final int SENT_WHEN_DYING = 3;

  private final MemoryClock clock;
  private final IdSource ids;
  private final Map<String, MemoryService> services = new LinkedHashMap<>();
  private final Catalogue catalogue;
  private final Journal journal = new Journal(Integer.MAX_VALUE);
  private final Policies policies = new Policies();

  private final Map<Lane, Records> lanes = new HashMap<>();
  private final Map<Reading, Reader> readers = new HashMap<>();

  /// Everything that some service has not read to its end.
  private final Set<Reader> unread = new LinkedHashSet<>();

  private final Map<String, List<MemoryService>> readersByTopic = new HashMap<>();
  private Consumer<Published> listener = published -> {};

  /// @param envelope read once for all who will read the record
  private record Sent(Delivery delivery, EnvelopeReading envelope) {}

  /// The records of one lane, in the order in which the producer sent them.
  private static final class Records {
    private final List<Sent> sent = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
  }

  /// A reading with the place that it has come to.
  private static final class Reader {
    private final Reading reading;
    private final MemoryService service;
    private final Records records;
    private int position;

    Reader(Reading reading, MemoryService service, Records records) {
      this.reading = reading;
      this.service = service;
      this.records = records;
    }

    Sent next() {
      return records.sent.get(position);
    }

    boolean isAtEnd() {
      return position == records.sent.size();
    }
  }

  /// What a topic keeps in order: the records of one key.
  public record Lane(String topic, UUID key) {}

  /// One service's way through a lane.
  public record Reading(String service, Lane lane) {}

  public MemoryMarket(Instant start, IdSource ids) {
    this(start, ids, UnaryOperator.identity());
  }

  /// @param spoil what is done to the rules before they are used, by somebody who wants to see
  ///   whether it is noticed
  public MemoryMarket(Instant start, IdSource ids, UnaryOperator<ServiceRules> spoil) {
    this.clock = new MemoryClock(start);
    this.ids = ids;
    var orders = new InMemoryEventStore(clock);
    var sellers = new InMemoryEventStore(clock);
    var refunds = new InMemoryEventStore(clock);
    var disputes = new InMemoryEventStore(clock);
    var provider = ProviderScript.newRules();
    for (var service :
        List.of(
            new MemoryService(
                spoil.apply(MemoryServices.order(policies, orders)),
                orders,
                new FaultRules(),
                clock),
            new MemoryService(
                spoil.apply(MemoryServices.seller(policies, sellers)),
                sellers,
                new FaultRules(),
                clock),
            new MemoryService(
                spoil.apply(MemoryServices.refund(policies, refunds, provider)),
                refunds,
                provider,
                clock),
            new MemoryService(
                spoil.apply(MemoryServices.dispute(policies, disputes)),
                disputes,
                new FaultRules(),
                clock))) {
      services.put(service.name(), service);
      for (var inbound : service.rules().inbound()) {
        readersByTopic.computeIfAbsent(inbound.topic(), _ -> new ArrayList<>()).add(service);
      }
    }
    this.catalogue = new Catalogue(services.values().stream().map(MemoryService::rules).toList());
  }

  /// All services know a policy set from now on.
  public void learn(PolicySet policy) {
    policies.learn(policy);
  }

  /// @throws IllegalArgumentException for one that nobody knows
  public PolicySet policy(String policyId) {
    return policies
        .find(policyId)
        .orElseThrow(() -> new IllegalArgumentException("no policy set is called " + policyId));
  }

  public Instant now() {
    return clock.instant();
  }

  public void goTo(Instant later) {
    clock.goTo(later);
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  public Journal journal() {
    return journal;
  }

  /// Tells of every event when it is published; of a repeated one only once.
  public void onPublished(Consumer<Published> newListener) {
    this.listener = newListener;
  }

  public FaultRules faultsOf(String service) {
    return service(service).faults();
  }

  // Calls

  public Reply call(Request request) {
    var entry = catalogue.find(request.operation());
    var service = service(entry.service());
    var id = ids.next();
    var caller = request.caller();
    var isQuery = entry.operation().method().equals("GET");
    var path = entry.operation().path() + request.parameters();
    var key =
        new IdempotencyKey(caller.actor(), path, request.idempotencyKey(), hash(request.body()));
    var call =
        new Call(
            caller,
            new Trace(id, id, caller.actor(), Origin.SERVICE, null, null),
            null,
            isQuery ? null : key,
            ids);
    try {
      return switch (entry
          .operation()
          .preparation()
          .prepare(call, request.parameters(), request.body())) {
        case CommandRequest<?, ?, ?, ?> command -> Reply.of(service.handler().handle(command));
        case Query<?, ?> query -> reply(look(service, query, request.parameters().get("asOf")));
        case Prepared.Immediately(var answer) -> reply(answer);
      };
    } catch (ProblemException e) {
      return reply(e.problem().toAnswer());
    }
  }

  private static String hash(JsonNode body) {
    return Integer.toHexString(body.hashCode());
  }

  @SuppressWarnings("unchecked") // a query names a stream of its own aggregate
  private <S, E> Answer look(MemoryService service, Query<S, E> query, @Nullable String asOf) {
    var at = asOf == null ? now() : Instant.parse(asOf);
    var history = ((History<E>) service.store().history(query.stream())).asOf(at);
    var state = history.fold(query.aggregate().decider());
    return query.answer().apply(new Query.Snapshot<>(history, state, at));
  }

  private static Reply reply(Answer answer) {
    return new Reply(answer.status(), JSON.valueToTree(answer.body()));
  }

  // Deadlines

  /// @param service whose it is
  public record Due(String service, DueStream stream) {}

  /// The first of all services that hold none back.
  public Optional<Due> nextDeadline() {
    Due first = null;
    for (var service : services.values()) {
      if (service.faults().holdsDeadlines()) continue;
      var next = service.store().nextDeadline();
      if (next.isEmpty()) continue;
      if (first == null || next.get().compareTo(first.stream()) < 0) {
        first = new Due(service.name(), next.get());
      }
    }
    return Optional.ofNullable(first);
  }

  public void fire(Due due) {
    service(due.service()).handler().wake(due.stream().stream());
  }

  /// Lets a service's poller look at one stream, whether it is time or not.
  public void wake(String service, StreamId stream) {
    service(service).handler().wake(stream);
  }

  // Relays

  public Collection<String> services() {
    return services.keySet();
  }

  public int unrelayed(String service) {
    return service(service).unrelayed();
  }

  /// The next event of the service's log goes to its topic, if it has a message at all.
  public void relay(String name) {
    var service = service(name);
    var appended = service.store().log().get(service.relayed());
    service.relayed(service.relayed() + 1);
    var message = appended.message();
    if (message == null) return;
    var lane = new Lane(message.topic(), UUID.fromString(message.key()));
    var envelope = Envelope.of(appended.event(), message, "/" + name);
    send(lane, new UnwrittenRecord(lane, lengthOf(lane), envelope, message, now()), envelope);
    if (service.faults().relayDies()) crashRelay(name, SENT_WHEN_DYING);
  }

  /// A fact that no service has told. It has no place in any stream.
  public void inject(String topic, UUID key, String type, JsonNode data) {
    var envelope =
        Envelope.injected(
            ids.next(),
            type,
            "/harness",
            "harness-" + key,
            now(),
            MessageFamily.dataSchema(type),
            now());
    var lane = new Lane(topic, key);
    var delivery =
        new Delivery.Received(
            topic,
            0,
            lengthOf(lane),
            key,
            envelope.headers(),
            data.toString().getBytes(StandardCharsets.UTF_8),
            now());
    send(lane, delivery, Envelope.read(delivery));
  }

  private int lengthOf(Lane lane) {
    var records = lanes.get(lane);
    return records == null ? 0 : records.sent.size();
  }

  private void send(Lane lane, Delivery delivery, EnvelopeReading envelope) {
    var records = lanes.computeIfAbsent(lane, this::newRecords);
    records.sent.add(new Sent(delivery, envelope));
    unread.addAll(records.readers);
    tellJournal(delivery, envelope);
  }

  private Records newRecords(Lane lane) {
    var records = new Records();
    for (var service : readersByTopic.getOrDefault(lane.topic(), List.of())) {
      var reader = new Reader(new Reading(service.name(), lane), service, records);
      records.readers.add(reader);
      readers.put(reader.reading, reader);
    }
    return records;
  }

  /// A crash after sending and before the position was kept: the last events are sent again.
  public void crashRelay(String service, int repeated) {
    var it = service(service);
    it.relayed(Math.max(0, it.relayed() - repeated));
  }

  private void tellJournal(Delivery delivery, EnvelopeReading envelope) {
    if (delivery.topic().equals(RejectedFact.TOPIC)) {
      var headers = delivery.headers();
      journal.add(
          new Rejected(
              Objects.requireNonNull(delivery.key()),
              headers.getOrDefault(Envelope.TYPE, "?"),
              headers.getOrDefault(Envelope.REJECTED_BY, "?"),
              headers.getOrDefault(Envelope.REJECT_REASON, "?")));
      return;
    }
    Published.read(delivery, envelope)
        .ifPresent(published -> {
          if (journal.add(published)) listener.accept(published);
        });
  }

  // Followers

  public boolean hasFollowUps(String service) {
    return service(service).hasFollowUps();
  }

  /// What the next of the service's own events asks of its other streams.
  public void followUp(String service) {
    service(service).followUp();
  }

  /// A crash after handling and before the place was kept: the last events are followed up again.
  public void crashFollower(String service, int repeated) {
    service(service).forgetFollowed(repeated);
  }

  // Consumers

  /// Everything that some service has not read to its end.
  public List<Reading> unread() {
    return unread.stream().map(reader -> reader.reading).toList();
  }

  /// The type of the record that the service reads next.
  public String nextType(Reading reading) {
    return reader(reading).next().envelope() instanceof Envelope envelope ? envelope.type() : "?";
  }

  /// The service reads the next record of a lane.
  public void deliver(Reading reading) {
    deliver(reader(reading));
  }

  private void deliver(Reader reader) {
    var sent = reader.next();
    var handler = reader.service.handler();
    handler.accept(sent.delivery(), sent.envelope());
    if (isReadTwice(reader.service, sent)) handler.accept(sent.delivery(), sent.envelope());
    reader.position++;
    if (reader.isAtEnd()) unread.remove(reader);
  }

  private Reader reader(Reading reading) {
    return Objects.requireNonNull(readers.get(reading), () -> "nothing was sent for " + reading);
  }

  private static boolean isReadTwice(MemoryService service, Sent sent) {
    return service.faults().mayBringMishaps()
        && sent.envelope() instanceof Envelope envelope
        && service
            .faults()
            .mishap(
                sent.delivery().topic(),
                String.valueOf(sent.delivery().key()),
                envelope.type(),
                envelope.id().toString())
            .twice();
  }

  /// A crash after handling and before the offset was kept: the last records are read again.
  public void crashConsumer(Reading reading, int repeated) {
    var reader = readers.get(reading);
    if (reader == null || reader.position == 0) return;
    reader.position = Math.max(0, reader.position - repeated);
    unread.add(reader);
  }

  /// Lets every fact be told to everybody, but for what a fault rule holds back.
  public void settle() {
    while (true) {
      var moved = false;
      for (var service : services.values()) {
        while (service.hasFollowUps()) {
          service.followUp();
          moved = true;
        }
        while (service.unrelayed() > 0) {
          relay(service.name());
          moved = true;
        }
      }
      for (var reader : List.copyOf(unread)) {
        if (reader.service.faults().holdsConsuming(reader.reading.lane().topic())) continue;
        deliver(reader);
        moved = true;
      }
      if (!moved) return;
    }
  }

  /// All that is stored, stream by stream.
  public List<History<?>> streams() {
    return services.values().stream()
        .map(MemoryService::store)
        .<History<?>>flatMap(store -> store.streams().stream().map(store::history))
        .toList();
  }

  /// All that is stored about an order, as it would stand in the tables.
  public List<StoredFact> stored(UUID orderId) {
    List<StoredFact> facts = new ArrayList<>();
    for (var service : services.values()) {
      for (var kind : service.rules().aggregates()) {
        facts.addAll(stored(service, kind, new StreamId(kind.category(), orderId)));
      }
    }
    return facts;
  }

  @SuppressWarnings("unchecked") // a stream's events are those of its aggregate
  private static <E> List<StoredFact> stored(
      MemoryService service, Aggregate<?, ?, E, ?> kind, StreamId stream) {
    var codec = kind.codec();
    return ((History<E>) service.store().history(stream))
        .events().stream()
            .map(event ->
                new StoredFact(
                    service.name(), event.type(), event.time(), json(codec.encode(event.event()))))
            .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored event that is no JSON: " + text, e);
    }
  }

  /// All that what comes next can depend on, as text: equal for equal states, however they came
  /// about.
  public String state() {
    var text = new StringBuilder(now().toString());
    for (var service : services.values()) {
      var streams = service.store().streams().stream().sorted().toList();
      for (var stream : streams) {
        text.append('\n').append(stream);
        for (var stored : service.store().history(stream).events()) {
          text.append('\n').append(stored.time()).append(stored.event());
        }
      }
      text.append('\n').append(service.unrelayed()).append(service.hasFollowUps());
    }
    unread.stream()
        .map(reader -> reader.reading + "@" + reader.position)
        .sorted()
        .forEach(reading -> text.append('\n').append(reading));
    return text.toString();
  }

  private MemoryService service(String name) {
    var service = services.get(name);
    if (service == null) throw new IllegalArgumentException("no service is called " + name);
    return service;
  }
}
