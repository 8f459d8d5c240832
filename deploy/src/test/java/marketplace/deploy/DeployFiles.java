package marketplace.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The files that are looked at, as trees.
final class DeployFiles {
  /// Tests run in the module's folder.
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z0-9_]+:-([^}]*)}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeployFiles() {}

  /// With the defaults in the place of its variables.
  static JsonNode compose() {
    var text = text(ROOT.resolve("docker-compose.yml"));
    return documents(VARIABLE.matcher(text).replaceAll("$1")).getFirst();
  }

  /// Everything but kustomize's own files.
  static List<Path> manifests() {
    try (var files = Files.walk(KUBERNETES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.endsWith("kustomization.yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> documents(Path file) {
    return documents(text(file));
  }

  /// Jackson's own reader knows no merge keys (`<<`).
  static List<JsonNode> documents(String yaml) {
    var documents = new ArrayList<JsonNode>();
    for (var document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml)) {
      documents.add(JSON.valueToTree(document));
    }
    return documents;
  }

  static List<JsonNode> ofKind(Path file, String kind) {
    return documents(file).stream().filter(each -> kind(each).equals(kind)).toList();
  }

  static String kind(JsonNode manifest) {
    return manifest.path("kind").asText();
  }

  static String name(JsonNode manifest) {
    return manifest.at("/metadata/name").asText();
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
