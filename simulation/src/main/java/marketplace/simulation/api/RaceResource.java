package marketplace.simulation.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import marketplace.kernel.Policies;
import marketplace.kernel.PolicySet;
import marketplace.simulation.live.LiveMarket;
import marketplace.simulation.race.Race;
import marketplace.simulation.race.RaceResult;
import marketplace.simulation.race.Races;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// A few acts about one order in every order: in memory, or on the running marketplace.
@Singleton
@Path("/v1/race-explorations")
@Tag(name = "Races")
@RunOnVirtualThread
class RaceResource {
  private final LiveMarket market;
  private final Commands commands;
  private final Jobs<RaceResult> jobs = new Jobs<>();

  RaceResource(LiveMarket market, Commands commands) {
    this.market = market;
    this.commands = commands;
  }

  record Started(UUID explorationId) {}

  /// @param progress in orders of the actions
  /// @param result null until it has ended
  record RaceView(
      UUID explorationId,
      Jobs.State state,
      String progress,
      @Nullable RaceResult result,
      @Nullable String fault) {}

  @POST
  @Operation(
      operationId = "exploreRace",
      summary = "Try {given, actions, policy, interleave, live, atOnce} in every order")
  @APIResponseSchema(value = Started.class, responseCode = "202")
  public Response start(@Nullable ObjectNode body) {
    return commands.once(
        body,
        () -> {
          var wanted = RaceJson.read(body == null ? ApiJson.mapper().createObjectNode() : body);
          var policies = knownTo(wanted.live());
          requireKnown(wanted.race().policy(), policies);
          var whole = wanted.atOnce() > 0 ? wanted.atOnce() : wanted.race().orders().size();
          var job =
              jobs.start(
                  "race",
                  it -> run(wanted, policies, done -> it.at("%d of %d".formatted(done, whole))));
          return Response.accepted(new Started(job.id())).build();
        });
  }

  private List<PolicySet> knownTo(boolean live) {
    return live || market.ready() ? market.policies() : Policies.PRESETS;
  }

  private static void requireKnown(String policy, List<PolicySet> known) {
    if (known.stream().noneMatch(set -> set.policyId().equals(policy))) {
      throw Problems.invalid("/policy", "no policy set is called " + policy);
    }
  }

  private RaceResult run(RaceJson.Wanted wanted, List<PolicySet> policies, IntConsumer progress) {
    Race race = wanted.race();
    return wanted.live()
        ? market.race(race, wanted.atOnce(), progress)
        : new Races(policies).inMemory(race, wanted.interleave(), progress);
  }

  @GET
  @Path("/{explorationId}")
  @Operation(operationId = "getRaceExploration", summary = "How far it has come, or the table")
  public RaceView get(@PathParam("explorationId") UUID explorationId) {
    var job = jobs.find(explorationId);
    return new RaceView(job.id(), job.state(), job.progress(), job.result(), job.fault());
  }
}
