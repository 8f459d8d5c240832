package marketplace.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import marketplace.testkit.HttpContract.Exchange;
import org.jspecify.annotations.Nullable;

/// Holds every call of every HTTP test against the document that the service under test serves, and
/// notes the code of every refusal. `ContractWatch` puts it in place.
public final class ContractFilter implements Filter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<URI, HttpContract> contracts = new ConcurrentHashMap<>();
  private final Set<URI> explained = ConcurrentHashMap.newKeySet();

  @Override
  public Response filter(
      FilterableRequestSpecification request,
      FilterableResponseSpecification expected,
      FilterContext context) {
    var response = context.next(request, expected);
    var uri = URI.create(request.getURI());
    // What lies under /q is the framework's.
    if (uri.getPath().startsWith("/q/")) return response;
    var exchange = exchange(request, uri, response);
    var faults = new ArrayList<>(contractOf(uri).faultsOf(exchange));
    if (exchange.status() >= 400) faults.addAll(faultsOfProblem(uri, exchange.answered()));
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "%s %s was answered %d %s against the contract:%n%s"
              .formatted(
                  exchange.method(),
                  exchange.path(),
                  exchange.status(),
                  exchange.answered(),
                  String.join("\n", faults)));
    }
    return response;
  }

  private static Exchange exchange(
      FilterableRequestSpecification request, URI uri, Response response) {
    var sentType = mediaType(request.getContentType());
    var mediaType = mediaType(response.getContentType());
    return new Exchange(
        request.getMethod(),
        uri.getRawPath(),
        HttpContract.isJson(sentType) && request.getBody() instanceof String text ? text : null,
        response.statusCode(),
        mediaType,
        HttpContract.isJson(mediaType) ? response.asString() : "");
  }

  /// Without the character set.
  private static @Nullable String mediaType(@Nullable String header) {
    if (header == null || header.isBlank()) return null;
    return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private List<String> faultsOfProblem(URI uri, String answered) {
    var problem = read(answered);
    var code = problem.path("code").asText();
    if (code.isEmpty()) return List.of("a refusal has a code");
    Refusals.note(code);
    var page = uri.resolve(problem.path("type").asText());
    if (explained.contains(page)) return List.of();
    if (get(page).statusCode() != 200) return List.of("nothing is to be read at " + page);
    explained.add(page);
    return List.of();
  }

  private HttpContract contractOf(URI uri) {
    return contracts.computeIfAbsent(uri.resolve("/"), ContractFilter::served);
  }

  private static HttpContract served(URI server) {
    var answer = get(server.resolve("/q/openapi?format=json"));
    if (answer.statusCode() != 200) throw new IllegalStateException("no document: " + answer);
    return new HttpContract(read(answer.body()));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("this is no JSON: " + text, e);
    }
  }

  private static HttpResponse<String> get(URI uri) {
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
