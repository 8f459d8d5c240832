package marketplace.simulation.lives;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.UnaryOperator;
import marketplace.eventsourcing.ServiceRules;
import marketplace.simulation.journal.Broken;
import marketplace.simulation.lives.Move.Act;
import marketplace.simulation.lives.Move.Action;
import marketplace.simulation.lives.Move.CrashConsumer;
import marketplace.simulation.lives.Move.CrashFollower;
import marketplace.simulation.lives.Move.CrashRelay;
import marketplace.simulation.lives.Move.Follow;
import marketplace.simulation.lives.Move.Mood;
import marketplace.simulation.lives.Move.Pass;
import marketplace.simulation.lives.Move.PassToDeadline;
import marketplace.simulation.lives.Move.Read;
import marketplace.simulation.lives.Move.Relay;
import marketplace.simulation.lives.Move.Settle;
import marketplace.simulation.lives.Move.TurnProvider;
import marketplace.simulation.lives.Move.Wake;

/// Lives whole lives by chance: people act, facts are late, twice or out of order, relays and
/// consumers crash, deadlines are noticed late. A life that breaks an invariant is made as short as
/// it can be and still break it.
public final class Lives {
  private static final Mood[] MOODS = Mood.values();

  /// Moves that are left in a life whose first ones are tried without.
  private static final int MOVES_MAX = 120;

  private final UnaryOperator<ServiceRules> spoil;

  public Lives() {
    this(UnaryOperator.identity());
  }

  /// @param spoil what is done to the rules first, to see whether it is noticed
  public Lives(UnaryOperator<ServiceRules> spoil) {
    this.spoil = spoil;
  }

  /// @param moves the shortest that were found
  public record Failure(long seed, List<Broken> broken, List<Move> moves) {
    @Override
    public String toString() {
      var text = new StringBuilder("seed " + seed + " breaks\n");
      broken.forEach(one -> text.append("  ").append(one).append('\n'));
      text.append("with\n");
      moves.forEach(move -> text.append("  ").append(move).append('\n'));
      return text.toString();
    }
  }

  /// @param ordersMax lives of so many orders at once, at most
  /// @return empty where nothing was broken
  public Optional<Failure> live(long seed, int ordersMax) {
    var random = new SplittableRandom(seed);
    var life = new Life(seed, spoil);
    var orders = 1 + random.nextInt(ordersMax);
    var count = 20 + random.nextInt(MOVES_MAX - 20);
    List<Move> moves = new ArrayList<>();
    var broken =
        run(
            life,
            () -> moves.size() < count ? Optional.of(next(life, orders, random)) : Optional.empty(),
            moves);
    if (broken.isEmpty()) return Optional.empty();
    return Optional.of(shrink(seed, broken, moves));
  }

  /// Plays these moves, and lets everything come to its end.
  public List<Broken> replay(long seed, List<Move> moves) {
    var left = moves.iterator();
    return run(
        new Life(seed, spoil),
        () -> left.hasNext() ? Optional.of(left.next()) : Optional.empty(),
        new ArrayList<>());
  }

  @FunctionalInterface
  private interface Moves {
    Optional<Move> next();
  }

  private static List<Broken> run(Life life, Moves moves, List<Move> made) {
    try {
      for (var next = moves.next(); next.isPresent(); next = moves.next()) {
        made.add(next.get());
        life.make(next.get());
        if (!life.broken().isEmpty()) return life.broken();
      }
      life.end();
      return life.broken();
    } catch (IllegalStateException | IllegalArgumentException e) {
      return List.of(new Broken("FAULT", new UUID(0, 0), e.toString()));
    }
  }

  static Move next(Life life, int orders, SplittableRandom random) {
    var order = random.nextInt(orders);
    var dice = random.nextInt(100);
    if (dice < 40) return act(life, order, random);
    if (dice < 60) return read(life, random);
    if (dice < 70) return new Relay(pick(life, random));
    if (dice < 72) return new Follow(pick(life, random));
    if (dice < 74) return new Wake();
    if (dice < 76) return new TurnProvider(MOODS[random.nextInt(MOODS.length)]);
    if (dice < 80) return new Pass(Duration.ofMinutes(1 + random.nextInt(60 * 12)));
    if (dice < 82) return new PassToDeadline();
    if (dice < 95) return new Settle();
    if (dice < 97) return new CrashRelay(pick(life, random), 1 + random.nextInt(5));
    if (dice < 98) return new CrashFollower(pick(life, random), 1 + random.nextInt(5));
    var topics =
        List.of("order.events.v1", "seller.events.v1", "refund.events.v1", "dispute.events.v1");
    var topic = topics.get(random.nextInt(topics.size()));
    return new CrashConsumer(pick(life, random), topic, order, 1 + random.nextInt(5));
  }

  private static Move read(Life life, SplittableRandom random) {
    var unread = life.market().unread();
    if (unread.isEmpty()) return new Settle();
    var reading = unread.get(random.nextInt(unread.size()));
    var about = life.orderOf(reading.lane().key());
    return about < 0 ? new Settle() : new Read(reading.service(), reading.lane().topic(), about);
  }

  private static Act act(Life life, int order, SplittableRandom random) {
    var salt = random.nextInt(1000);
    if (!life.isPlaced(order)) return new Act(order, Action.PLACE, salt);
    return new Act(order, Habits.next(life.lastDeed(order), random), salt);
  }

  private static String pick(Life life, SplittableRandom random) {
    var services = List.copyOf(life.market().services());
    return services.get(random.nextInt(services.size()));
  }

  /// Takes away what is not needed, in ever smaller pieces, as long as the same invariant breaks.
  private Failure shrink(long seed, List<Broken> broken, List<Move> moves) {
    var wanted = broken.getFirst().id();
    List<Move> shortest = List.copyOf(moves);
    List<Broken> found = List.copyOf(broken);
    for (var piece = Math.max(1, shortest.size() / 2); piece >= 1; piece /= 2) {
      for (var from = 0; from < shortest.size(); ) {
        List<Move> without = new ArrayList<>(shortest.subList(0, from));
        without.addAll(shortest.subList(Math.min(shortest.size(), from + piece), shortest.size()));
        var still = replay(seed, without);
        if (still.stream().anyMatch(one -> one.id().equals(wanted))) {
          shortest = without;
          found = List.copyOf(still);
        } else {
          from += piece;
        }
      }
    }
    return new Failure(seed, found, shortest);
  }
}
