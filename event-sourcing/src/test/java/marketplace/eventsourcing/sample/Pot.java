package marketplace.eventsourcing.sample;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Consequences;
import marketplace.eventsourcing.Deadline;
import marketplace.eventsourcing.Decider;
import marketplace.eventsourcing.Decision;
import marketplace.eventsourcing.EventCodec;
import marketplace.eventsourcing.FollowUps;
import marketplace.eventsourcing.IdempotencyKey;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Message;
import marketplace.eventsourcing.Origin;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Reaction;
import marketplace.eventsourcing.StoredEvent;
import marketplace.eventsourcing.StreamId;
import marketplace.eventsourcing.Trace;
import marketplace.eventsourcing.ViewRow;
import marketplace.eventsourcing.ViewTable;
import org.jspecify.annotations.Nullable;

/// A pot of soup: it is filled once, people take litres out of it, and at a set time it boils,
/// which nobody but its owner hears of.
public record Pot(int litres, @Nullable Instant boilsAt, int boiled) {
  public static final String CATEGORY = "pot";
  public static final String TOPIC = "pot.events.v1";

  /// Where the neighbours tell what they do.
  public static final String NEIGHBOURS = "neighbour.events.v1";

  /// Where all that was taken from any pot comes together afterwards, if there is one.
  public static final UUID BUCKET = UUID.fromString("00000000-0000-4000-8000-00000000b0c8");

  public static final Pot EMPTY = new Pot(0, null, 0);

  public sealed interface Command {
    record Fill(int litres, @Nullable Instant boilsAt) implements Command {}

    record Take(int litres) implements Command {}

    record Boil() implements Command {}

    /// A fault in the rules.
    record Trip() implements Command {}

    /// Both pots, or neither.
    record Pour(int litres, UUID into) implements Command {}

    /// What another pot is poured into.
    record Receive(int litres) implements Command {}

    /// Nobody but its owner hears of it.
    record Label(String text) implements Command {}
  }

  public sealed interface Event {
    record Filled(int litres, @Nullable Instant boilsAt) implements Event {}

    record Taken(int litres) implements Event {}

    record Boiled() implements Event {}

    record Poured(int litres, UUID into) implements Event {}

    record Received(int litres) implements Event {}

    record Labelled(String text) implements Event {}
  }

  public enum Refusal {
    NOT_FILLED,
    FULL_ALREADY,
    TOO_LITTLE,
    NOTHING_TO_POUR_INTO
  }

  public static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).addModule(new Jdk8Module()).build();

  private static final ViewTable.Column ID = new ViewTable.Column("pot", "uuid");
  public static final ViewTable POTS =
      new ViewTable(
          "pots",
          List.of(ID),
          List.of(
              ID,
              new ViewTable.Column("litres", "int"),
              new ViewTable.Column("boils_at", "timestamptz"),
              new ViewTable.Column("note", "jsonb")));

  public static final Aggregate<Command, Pot, Event, Refusal> AGGREGATE =
      new Aggregate<Command, Pot, Event, Refusal>(
          CATEGORY,
          new Rules(),
          new EventCodec<Event>(JSON)
              .writes("pot.filled.v1", Event.Filled.class)
              .writes("pot.taken.v1", Event.Taken.class)
              .writes("pot.boiled.v1", Event.Boiled.class)
              .writes("pot.poured.v1", Event.Poured.class)
              .writes("pot.received.v1", Event.Received.class)
              .writes("pot.labelled.v1", Event.Labelled.class),
          Pot::messageFor,
          change ->
              List.of(
                  ViewRow.of(
                      POTS,
                      change.stream().id(),
                      change.after().litres(),
                      change.after().boilsAt(),
                      "{\"boiled\":%d}".formatted(change.after().boiled()))),
          new Pouring(),
          new FollowUps<>(
              Set.of(Event.Taken.class),
              stored ->
                  stored.event() instanceof Event.Taken(var litres)
                      ? List.of(new Reaction.Step(pot(BUCKET), new Command.Receive(litres), false))
                      : List.of()),
          // A pot that is not filled yet may be filled later: whoever comes too early waits.
          refusal -> refusal == Refusal.NOT_FILLED ? "UNKNOWN_POT" : refusal.name());

  private record Pouring() implements Consequences<Event, Refusal> {
    @Override
    public List<Reaction.Step> of(Event event) {
      return event instanceof Event.Poured(var litres, var into)
          ? List.of(new Reaction.Step(pot(into), new Command.Receive(litres), false))
          : List.of();
    }

    @Override
    public Refusal inOwnWords(Object refusal) {
      return Refusal.NOTHING_TO_POUR_INTO;
    }
  }

  /// Neighbours fill pots and take from them; what they say besides is none of our business.
  public static final Inbound<Command> INBOUND =
      new Inbound<>(
          NEIGHBOURS,
          type -> !type.equals("Sang"),
          Pot::read,
          fact ->
              switch (fact.message()) {
                case Command.Fill fill -> Reaction.open(pot(fact.key()), fill);
                case Command.Label(var text) -> new Reaction.Await(text);
                case Command command -> Reaction.tell(pot(fact.key()), command);
              });

  public static StreamId pot(UUID id) {
    return new StreamId(CATEGORY, id);
  }

  private static Command read(String type, @Nullable String dataSchema, UUID key, byte[] data) {
    var text = new String(data, StandardCharsets.UTF_8);
    return switch (type) {
      case "Filled" -> new Command.Fill(Integer.parseInt(text), null);
      case "Took" -> new Command.Take(Integer.parseInt(text));
      case "Poured" -> new Command.Pour(1, UUID.fromString(text));
      case "Tripped" -> new Command.Trip();
      case "Hinted" -> new Command.Label(text);
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private static Optional<Message> messageFor(StoredEvent<? extends Event> stored) {
    return switch (stored.event()) {
      case Event.Filled(var litres, _) -> Optional.of(message(stored, "PotFilled", litres));
      case Event.Taken(var litres) -> Optional.of(message(stored, "PotTaken", litres));
      case Event.Boiled _, Event.Poured _, Event.Received _, Event.Labelled _ -> Optional.empty();
    };
  }

  private static Message message(StoredEvent<?> stored, String type, int litres) {
    return new Message(
        TOPIC,
        stored.stream().id().toString(),
        type,
        "urn:sample:" + type + ":v1",
        "{\"litres\":%d}".formatted(litres));
  }

  private record Rules() implements Decider<Command, Pot, Event, Refusal> {
    @Override
    public Pot initialState() {
      return EMPTY;
    }

    @Override
    public Decision<Event, Refusal> decide(Command command, Pot pot, Instant at) {
      var filled = !pot.equals(EMPTY);
      return switch (command) {
        case Command.Fill _ when filled -> Decision.reject(Refusal.FULL_ALREADY);
        case Command.Fill(var litres, var boilsAt) ->
            Decision.accept(new Event.Filled(litres, boilsAt));
        case Command.Trip _ -> throw new IllegalStateException("tripped");
        case Command.Label(var text) -> Decision.accept(new Event.Labelled(text));
        case Command.Take _ when !filled -> Decision.reject(Refusal.NOT_FILLED);
        case Command.Take(var litres) when litres > pot.litres() ->
            Decision.reject(Refusal.TOO_LITTLE);
        case Command.Take(var litres) -> Decision.accept(new Event.Taken(litres));
        case Command.Pour _, Command.Receive _ when !filled -> Decision.reject(Refusal.NOT_FILLED);
        case Command.Pour(var litres, _) when litres > pot.litres() ->
            Decision.reject(Refusal.TOO_LITTLE);
        case Command.Pour(var litres, var into) -> Decision.accept(new Event.Poured(litres, into));
        case Command.Receive(var litres) -> Decision.accept(new Event.Received(litres));
        case Command.Boil _ -> Decision.accept(new Event.Boiled());
      };
    }

    @Override
    public Pot evolve(Pot pot, Event event) {
      return switch (event) {
        case Event.Filled(var litres, var boilsAt) -> new Pot(litres, boilsAt, 0);
        case Event.Taken(var litres) -> new Pot(pot.litres() - litres, pot.boilsAt(), pot.boiled());
        case Event.Poured(var litres, _) ->
            new Pot(pot.litres() - litres, pot.boilsAt(), pot.boiled());
        case Event.Received(var litres) ->
            new Pot(pot.litres() + litres, pot.boilsAt(), pot.boiled());
        case Event.Boiled _ -> new Pot(pot.litres(), null, pot.boiled() + 1);
        case Event.Labelled _ -> pot;
      };
    }

    @Override
    public Optional<Deadline<Command>> nextDeadline(Pot pot) {
      return Optional.ofNullable(pot.boilsAt())
          .map(at -> new Deadline<>("boilsAt", 1, at, new Command.Boil()));
    }
  }

  // What tests ask

  public static CommandRequest<Command, Pot, Event, Refusal> ask(UUID pot, Command command) {
    return ask(pot, command, null, null);
  }

  public static CommandRequest<Command, Pot, Event, Refusal> ask(
      UUID pot, Command command, @Nullable String key, @Nullable Integer expectedVersion) {
    return new CommandRequest<>(
        pot(pot),
        command,
        new Trace(UUID.randomUUID(), UUID.randomUUID(), "COOK:1", Origin.SERVICE, null, null),
        expectedVersion,
        key == null ? null : new IdempotencyKey("COOK:1", "POST /pots", key, command.toString()),
        Pot::answer);
  }

  /// What a cook is told.
  public record Told(int version, int litres, int boiled) {}

  private static Answer answer(Outcome<Pot, Event, Refusal> outcome) {
    return switch (outcome) {
      case Outcome.Done<Pot, Event, Refusal> done ->
          new Answer(
              200,
              Map.of("ETag", "\"" + done.version() + "\""),
              new Told(done.version(), done.state().litres(), done.state().boiled()));
      case Outcome.Refused<Pot, Event, Refusal> refused ->
          Problem.of(409, refused.reason().name(), "no", refused.at()).toAnswer();
      case Outcome.VersionMismatch<Pot, Event, Refusal> other ->
          Problem.of(412, "VERSION_MISMATCH", "it is " + other.version(), other.at()).toAnswer();
    };
  }
}
