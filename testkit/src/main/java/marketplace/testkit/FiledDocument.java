package marketplace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/// The OpenAPI document as it lies in the repository, so that a review shows what a change does to
/// callers. `-Dopenapi.write=true` writes it anew.
public final class FiledDocument {
  private static final Path FILE = Path.of("openapi.yaml");

  private FiledDocument() {}

  /// @param port of the service, whose module the test runs in
  public static void assertIsServed(int port) {
    var served = get(URI.create("http://localhost:" + port + "/q/openapi?format=yaml"));
    try {
      if (Boolean.getBoolean("openapi.write")) Files.writeString(FILE, served);
      assertThat(served)
          .as("the filed document; -Dopenapi.write=true files what is served")
          .isEqualTo(Files.exists(FILE) ? Files.readString(FILE) : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String get(URI uri) {
    try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
