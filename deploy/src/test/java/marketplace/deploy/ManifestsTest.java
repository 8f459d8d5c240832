package marketplace.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
  /// No library has classes for these: see deploy/README.md.
  private static final String UNCHECKED = "postgresql.cnpg.io/v1";

  @Test
  void every_field_in_the_files_exists() {
    var faults = new ArrayList<String>();
    for (var file : DeployFiles.manifests()) {
      for (var manifest : DeployFiles.documents(file)) {
        if (manifest.path("apiVersion").asText().equals(UNCHECKED)) continue;
        assertThat(Models.knows(manifest)).as("%s in %s", Models.type(manifest), file).isTrue();
        Models.fault(manifest).ifPresent(fault -> faults.add(file + ": " + fault));
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void a_field_that_does_not_exist_is_noticed() {
    var deployment =
        DeployFiles.documents(
            """
            apiVersion: apps/v1
            kind: Deployment
            spec: {template: {spec: {containers: [{name: a, readynessProbe: {}}]}}}
            ---
            apiVersion: kafka.strimzi.io/v1
            kind: Kafka
            spec: {kafka: {autorization: {type: simple}}}
            """);
    assertThat(deployment).allSatisfy(manifest -> assertThat(Models.fault(manifest)).isPresent());
  }

  @Test
  void what_the_applications_are_told_is_what_they_read() {
    for (var file : DeployFiles.manifests()) {
      for (var manifest : DeployFiles.ofKind(file, "Deployment")) {
        assertThat(Applications.variables()).as(file.toString()).containsAll(variables(manifest));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/single", "overlays/scaled"})
  void it_can_be_built_and_holds_together(String folder) throws Exception {
    var built = build(folder);

    assertThat(built)
        .filteredOn(Models::knows)
        .allSatisfy(manifest -> assertThat(Models.fault(manifest)).isEmpty());
    assertThat(names(built, "Deployment"))
        .containsExactlyInAnyOrder(
            "order-service", "seller-service", "refund-service", "dispute-service", "simulation");
    assertThat(names(built, "Service")).isEqualTo(names(built, "Deployment"));
    assertThat(names(built, "HTTPRoute")).isEqualTo(names(built, "Service"));
    for (var deployment : ofKind(built, "Deployment")) {
      runsWithoutRights(deployment);
      selectsItself(deployment, built);
      findsItsUserAndDatabase(deployment, built);
    }
  }

  private static void runsWithoutRights(JsonNode deployment) {
    var name = DeployFiles.name(deployment);
    var pod = deployment.at("/spec/template/spec");
    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).as(name).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    for (var container : pod.path("containers")) {
      assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
          .isFalse();
      assertThat(container.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
      assertThat(container.at("/resources/requests/memory").isMissingNode()).isFalse();
      for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
        assertThat(container.path(probe).at("/httpGet/port").asText()).as(name).isEqualTo("http");
      }
    }
  }

  /// Selectors are filled in by kustomize, in places that are easily missed.
  private static void selectsItself(JsonNode deployment, List<JsonNode> built) {
    var name = DeployFiles.name(deployment);
    var labels = deployment.at("/spec/template/metadata/labels");
    var own =
        List.of("/spec/selector", "/spec/selector/matchLabels", "/spec/podSelector/matchLabels");
    var kinds = new TreeSet<String>();
    for (var other : built) {
      if (!DeployFiles.name(other).equals(name)) continue;
      for (var path : own) {
        if (other.at(path).path("app.kubernetes.io/name").asText().equals(name)) {
          kinds.add(DeployFiles.kind(other));
          for (var label : other.at(path).properties()) {
            assertThat(labels.path(label.getKey())).isEqualTo(label.getValue());
          }
        }
      }
    }
    var expected = new TreeSet<>(List.of("Deployment", "NetworkPolicy", "Service"));
    if (!name.equals("simulation")) expected.add("PodDisruptionBudget");
    assertThat(kinds).as(name).isEqualTo(expected);
  }

  private static void findsItsUserAndDatabase(JsonNode deployment, List<JsonNode> built) {
    var name = DeployFiles.name(deployment);
    var secrets = new TreeSet<String>();
    for (var volume : deployment.at("/spec/template/spec/volumes")) {
      if (volume.has("secret")) secrets.add(volume.at("/secret/secretName").asText());
    }
    assertThat(names(built, "KafkaUser")).contains(name);
    assertThat(secrets).contains(name, "market-cluster-ca-cert");
    for (var variable : deployment.at("/spec/template/spec/containers/0/env")) {
      if (!variable.path("name").asText().equals("MARKETPLACE_DATABASE_URL")) continue;
      assertThat(variable.path("value").asText())
          .startsWith("jdbc:postgresql://postgres-rw:5432/" + name.replace('-', '_') + "?");
      assertThat(names(built, "Database")).contains(name);
    }
  }

  private static Set<String> variables(JsonNode deployment) {
    var names = new TreeSet<String>();
    for (var container : deployment.at("/spec/template/spec/containers")) {
      container.path("env").forEach(variable -> names.add(variable.path("name").asText()));
    }
    return names;
  }

  private static List<JsonNode> build(String folder) throws IOException, InterruptedException {
    assumeThat(kubectl("version", "--client"))
        .as("kubectl is not here, so nothing is built")
        .isNotNull();
    var yaml = kubectl("kustomize", DeployFiles.KUBERNETES.resolve(folder).toString());
    assertThat(yaml).as("kubectl kustomize %s", folder).isNotBlank();
    return DeployFiles.documents(String.valueOf(yaml));
  }

  /// What it prints, or null where there is none.
  private static @Nullable String kubectl(String... arguments) throws InterruptedException {
    try {
      var process =
          new ProcessBuilder(Stream.concat(Stream.of("kubectl"), Stream.of(arguments)).toList())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as("kubectl %s", List.of(arguments)).isZero();
      return printed;
    } catch (IOException _) {
      return null;
    }
  }

  private static List<JsonNode> ofKind(List<JsonNode> manifests, String kind) {
    return manifests.stream().filter(each -> DeployFiles.kind(each).equals(kind)).toList();
  }

  private static Set<String> names(List<JsonNode> manifests, String kind) {
    var names = new TreeSet<String>();
    ofKind(manifests, kind).forEach(each -> names.add(DeployFiles.name(each)));
    return names;
  }
}
