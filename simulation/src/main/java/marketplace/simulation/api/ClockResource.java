package marketplace.simulation.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import marketplace.eventsourcing.ClockRecord;
import marketplace.simulation.live.LiveClock;
import marketplace.simulation.live.LiveMarket;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What time it is, and how it goes on.
@Path("/v1/clock")
@Tag(name = "Clock")
@RunOnVirtualThread
class ClockResource {
  private final LiveMarket market;
  private final Commands commands;

  ClockResource(LiveMarket market, Commands commands) {
    this.market = market;
    this.commands = commands;
  }

  /// Exactly one of these.
  record Change(
      @Nullable Long rate,
      @Nullable Boolean frozen,
      @Nullable Instant stepTo,
      @Nullable Duration stepBy,
      @Nullable Instant leapTo,
      @Nullable Duration leapBy) {}

  record ClockView(long epoch, Instant now, long rate) {}

  /// @param events that were published meanwhile
  record Changed(Instant from, Instant to, long rate, int deadlinesFired, long events) {}

  @GET
  @Operation(operationId = "getClock", summary = "The simulated time")
  public ClockView get() {
    return view(market.clock());
  }

  @POST
  @Operation(operationId = "setClock", summary = "Freeze it, let it run, step or leap")
  @APIResponseSchema(Changed.class)
  public Response set(@Nullable Change change) {
    return commands.once(
        change,
        () -> {
          var wanted = requireOne(change);
          return Response.ok(market.alone(() -> apply(wanted))).build();
        });
  }

  private Changed apply(Change change) {
    var clock = market.clock();
    var from = clock.now();
    var before = market.journal().total();
    var fired = 0;
    if (change.rate() != null) {
      clock.run(change.rate());
    } else if (change.frozen() != null) {
      clock.run(0);
    } else if (change.stepTo() != null) {
      fired = clock.stepTo(change.stepTo());
    } else if (change.stepBy() != null) {
      fired = clock.stepTo(from.plus(change.stepBy()));
    } else if (change.leapTo() != null) {
      clock.leapTo(change.leapTo());
    } else if (change.leapBy() != null) {
      clock.leapTo(from.plus(change.leapBy()));
    }
    return new Changed(from, clock.now(), clock.rate(), fired, market.journal().total() - before);
  }

  private static Change requireOne(@Nullable Change change) {
    if (change == null || given(change) != 1) {
      throw Problems.invalid("", "give one of rate, frozen, stepTo, stepBy, leapTo, leapBy");
    }
    var rate = change.rate();
    if (rate != null && (rate < 0 || rate > ClockRecord.RATE_MAX)) {
      throw Problems.invalid("/rate", "must be from 0 to " + ClockRecord.RATE_MAX);
    }
    if (Boolean.FALSE.equals(change.frozen())) {
      throw Problems.invalid("/frozen", "must be true; to let time run give a rate");
    }
    return change;
  }

  private static long given(Change change) {
    return Stream.of(
            change.rate(),
            change.frozen(),
            change.stepTo(),
            change.stepBy(),
            change.leapTo(),
            change.leapBy())
        .filter(Objects::nonNull)
        .count();
  }

  private static ClockView view(LiveClock clock) {
    return new ClockView(clock.epoch(), clock.now(), clock.rate());
  }
}
