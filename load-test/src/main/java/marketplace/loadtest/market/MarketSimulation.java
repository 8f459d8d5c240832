package marketplace.loadtest.market;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.OpenInjectionStep;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.List;
import marketplace.loadtest.market.Profile.Segment;
import org.jspecify.annotations.Nullable;

/// The load as Gatling plays it: each of its users is one call that comes at its time, and the view
/// that may follow.
///
/// Public, because Gatling makes it.
public final class MarketSimulation extends Simulation {
  private static final String CALL = "call";
  private static final String STATUS = "status";
  private static final String BODY = "body";

  /// Gatling makes simulations by itself and gives them nothing; null between two runs.
  private static volatile @Nullable Assignment assignment;

  private final Traffic traffic;
  private final Trace trace;

  record Assignment(Traffic traffic, Trace trace, Schedule schedule) {}

  static void assign(@Nullable Assignment next) {
    assignment = next;
  }

  public MarketSimulation() {
    var it = assignment;
    if (it == null) throw new IllegalStateException("there is nothing to do");
    traffic = it.traffic();
    trace = it.trace();
    var scenario =
        scenario("market")
            .exec(session -> session.set(CALL, traffic.next(System.nanoTime())))
            .exec(call())
            .exec(this::look)
            .doIf(session -> session.contains(CALL))
            .then(call());
    setUp(scenario.injectOpen(steps(it.schedule().segments())))
        .protocols(
            // As callers do who stay, and as whatever stands in front of services does.
            http.shareConnections().disableFollowRedirect().disableCaching().disableWarmUp());
  }

  private static OpenInjectionStep[] steps(List<Segment> segments) {
    return segments.stream().map(MarketSimulation::step).toArray(OpenInjectionStep[]::new);
  }

  private static OpenInjectionStep step(Segment segment) {
    var time = Duration.ofNanos(Math.round(segment.seconds() * 1e9));
    return segment.fromPerSecond() == segment.toPerSecond()
        ? constantUsersPerSec(segment.fromPerSecond()).during(time)
        : rampUsersPerSec(segment.fromPerSecond()).to(segment.toPerSecond()).during(time);
  }

  private ChainBuilder call() {
    return doIf(session -> of(session).command())
        .then(
            exec(
                http(session -> of(session).operation())
                    .post(session -> of(session).url())
                    .header("X-Role", session -> of(session).request().caller().role())
                    .header("X-Actor-Id", session -> of(session).request().caller().id().toString())
                    .header("Idempotency-Key", session -> of(session).request().idempotencyKey())
                    .header("traceparent", session -> trace.parent(of(session).number()))
                    .header("Content-Type", "application/json")
                    .body(StringBody(session -> of(session).request().body().toString()))
                    .check(status().saveAs(STATUS), bodyString().saveAs(BODY), status().lt(500))))
        .exec(
            doIf(session -> !of(session).command())
                .then(
                    exec(
                        http(session -> of(session).operation())
                            .get(session -> of(session).url())
                            .header("X-Role", session -> of(session).request().caller().role())
                            .header(
                                "X-Actor-Id",
                                session -> of(session).request().caller().id().toString())
                            .check(
                                status().saveAs(STATUS),
                                bodyString().saveAs(BODY),
                                status().lt(500)))))
        .exec(this::answered);
  }

  private Session answered(Session session) {
    var status = session.contains(STATUS) ? session.getInt(STATUS) : 0;
    var body = session.contains(BODY) ? session.getString(BODY) : "";
    traffic.answered(of(session), status, body == null ? "" : body, System.nanoTime());
    return session.removeAll(STATUS, BODY).markAsSucceeded();
  }

  private Session look(Session session) {
    return traffic
        .look(of(session), System.nanoTime())
        .map(view -> session.set(CALL, view))
        .orElseGet(() -> session.remove(CALL));
  }

  private static Call of(Session session) {
    Call call = session.get(CALL);
    if (call == null) throw new IllegalStateException("nobody calls");
    return call;
  }
}
