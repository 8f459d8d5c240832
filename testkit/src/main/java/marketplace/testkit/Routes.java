package marketplace.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.ServiceRules;

/// Every operation of a service is documented under its own name, and a call of its path reaches
/// it: one resource can hide the paths of another, and then the document still names them.
public final class Routes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BOUNDARY = "boundary";
  private static final Set<String> NOT_REACHED =
      Set.of("METHOD_NOT_ALLOWED", "UNSUPPORTED_MEDIA_TYPE", "NOT_ACCEPTABLE");

  private final URI server;
  private final List<String> wrong = new ArrayList<>();

  private Routes(int port) {
    server = URI.create("http://localhost:" + port);
  }

  /// One line for each operation that callers do not reach; empty where all is well.
  public static List<String> wrongOnes(int port, ServiceRules rules) {
    var routes = new Routes(port);
    var paths = json(send(routes.request("/q/openapi?format=json").GET())).path("paths");
    rules.operations().forEach((name, operation) -> routes.check(name, operation, paths));
    return routes.wrong;
  }

  private void check(String name, Operation operation, JsonNode paths) {
    var documented = paths.path(operation.path()).path(operation.method().toLowerCase(Locale.ROOT));
    if (!documented.path("operationId").asText().equals(name)) {
      wrong.add(
          "%s: the document has %s at %s %s"
              .formatted(
                  name, documented.path("operationId"), operation.method(), operation.path()));
      return;
    }
    var isUpload = documented.path("requestBody").path("content").has("multipart/form-data");
    knowsItsCallers(name, operation, isUpload);
    isReached(name, operation, isUpload);
  }

  /// Who calls is asked by the operation itself, behind all routing; some are open to anybody.
  private void knowsItsCallers(String name, Operation operation, boolean isUpload) {
    var answer = call(operation, isUpload, Map.of());
    if (answer.statusCode() >= 300 && !codeOf(answer).equals("UNAUTHENTICATED")) {
      report(name, "without an identity", answer);
    }
  }

  private void isReached(String name, Operation operation, boolean isUpload) {
    var answer =
        call(
            operation,
            isUpload,
            Map.of(
                "X-Role", "PLATFORM",
                "X-Actor-Id", UUID.randomUUID().toString(),
                "Idempotency-Key", UUID.randomUUID().toString()));
    var routed = !json(answer).path("detail").asText().equals("there is nothing at this path");
    var answered = answer.statusCode() < 500 && (answer.statusCode() < 300 || !isSilent(answer));
    if (!routed || !answered || NOT_REACHED.contains(codeOf(answer))) {
      report(name, "with ids that nobody has", answer);
    }
  }

  private HttpResponse<String> call(
      Operation operation, boolean isUpload, Map<String, String> headers) {
    var path = operation.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
    var request = request(path);
    headers.forEach(request::header);
    if (operation.method().equals("GET")) return send(request.GET());
    request.header(
        "Content-Type",
        isUpload ? "multipart/form-data; boundary=" + BOUNDARY : "application/json");
    var body = isUpload ? upload() : "{}";
    return send(request.method(operation.method(), BodyPublishers.ofString(body)));
  }

  private static String upload() {
    return "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\na\r\n--%s--\r\n"
        .formatted(BOUNDARY, BOUNDARY);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static boolean isSilent(HttpResponse<String> answer) {
    return codeOf(answer).isEmpty();
  }

  private static String codeOf(HttpResponse<String> answer) {
    return json(answer).path("code").asText();
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException _) {
      return JSON.createObjectNode();
    }
  }

  private void report(String name, String how, HttpResponse<String> answer) {
    wrong.add("%s %s: %d %s".formatted(name, how, answer.statusCode(), answer.body()));
  }
}
