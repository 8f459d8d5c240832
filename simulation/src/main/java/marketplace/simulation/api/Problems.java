package marketplace.simulation.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.ProblemException;
import marketplace.simulation.live.ServiceUnavailableException;
import marketplace.simulation.scenario.ScenarioException;
import org.apache.kafka.common.KafkaException;

/// Refusals as problem documents.
final class Problems {
  private static final String MEDIA_TYPE = "application/problem+json";

  private Problems() {}

  static ProblemException invalid(String pointer, String detail) {
    var where = pointer.isEmpty() ? "" : pointer + " ";
    return new ProblemException(
        Problem.of(422, "INVALID", where + detail, null)
            .withErrors(List.of(new Problem.FieldError(pointer, "INVALID"))));
  }

  static ProblemException notFound(String detail) {
    return new ProblemException(Problem.of(404, "NOT_FOUND", detail, null));
  }

  private static Response response(Problem problem) {
    var response = Response.status(problem.status()).type(MEDIA_TYPE).entity(problem);
    if (problem.status() == 503) response.header("Retry-After", "1");
    return response.build();
  }

  @Provider
  static class OfRefusals implements ExceptionMapper<ProblemException> {
    @Override
    public Response toResponse(ProblemException e) {
      return response(e.problem());
    }
  }

  @Provider
  static class OfScenarios implements ExceptionMapper<ScenarioException> {
    @Override
    public Response toResponse(ScenarioException e) {
      return response(Problem.of(422, "INVALID", String.valueOf(e.getMessage()), null));
    }
  }

  /// What a story or a caller names and nobody knows.
  @Provider
  static class OfArguments implements ExceptionMapper<IllegalArgumentException> {
    @Override
    public Response toResponse(IllegalArgumentException e) {
      return response(Problem.of(422, "INVALID", String.valueOf(e.getMessage()), null));
    }
  }

  @Provider
  static class OfJson implements ExceptionMapper<JsonProcessingException> {
    @Override
    public Response toResponse(JsonProcessingException e) {
      return response(Problem.of(400, "MALFORMED", e.getOriginalMessage(), null));
    }
  }

  @Provider
  static class OfAbsence implements ExceptionMapper<ServiceUnavailableException> {
    @Override
    public Response toResponse(ServiceUnavailableException e) {
      return response(Problem.of(503, "NOT_READY", String.valueOf(e.getMessage()), null));
    }
  }

  @Provider
  static class OfKafka implements ExceptionMapper<KafkaException> {
    @Override
    public Response toResponse(KafkaException e) {
      return response(Problem.of(503, "NOT_READY", "Kafka: " + e.getMessage(), null));
    }
  }
}
