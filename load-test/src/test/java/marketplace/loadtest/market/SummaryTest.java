package marketplace.loadtest.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import marketplace.loadtest.market.Summary.Calls;
import marketplace.loadtest.market.Summary.Millis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  @TempDir Path folder;

  static Summary summary(double perSecond, double p99, @Nullable Double settled, String... broken) {
    var millis = new Millis(100, p99 / 10, p99 / 2, p99, p99 * 2, p99 * 3);
    var calls = new Calls(1_000, 990, 10, 0, perSecond, millis);
    return new Summary(
        Summary.VERSION,
        "constant",
        "lifecycle",
        perSecond,
        60,
        1,
        Instant.parse("2026-01-05T00:00:00Z"),
        calls,
        calls,
        new TreeMap<>(Map.of("placeOrder", calls)),
        new TreeMap<>(Map.of("sold", 3)),
        new Summary.Travel(0, millis),
        new Summary.Relay(millis, 5),
        new Summary.Consumers(7),
        new Summary.Deadlines(millis, 9),
        new Summary.Generator(millis),
        new TreeMap<>(Map.of("order-service", new Summary.Service(1, 2, 3, 4, 0.5))),
        settled,
        new Summary.Invariants(broken.length == 0, 20, List.of(broken)),
        null);
  }

  @Test
  void reads_what_it_has_written() {
    var file = folder.resolve("new/summary.json");
    var summary = summary(200, 150, 1.5);
    summary.write(file);
    assertThat(Summary.read(file)).isEqualTo(summary);
  }

  @Test
  void is_as_its_schema_says() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text("/load-summary.schema.json"));
    assertThat(schema.validate(summary(200, 150, null).json(), InputFormat.JSON)).isEmpty();
    assertThat(schema.validate("{\"version\": 1}", InputFormat.JSON)).isNotEmpty();
  }

  private static String text(String resource) throws IOException {
    try (var in = Objects.requireNonNull(Summary.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void says_in_one_line_what_matters() {
    assertThat(summary(200, 150, 1.5).line())
        .startsWith("lifecycle constant 200/s for 60 s: 1000 commands at 200.0/s")
        .contains("p99 150 ms", "settled after 1.5 s")
        .endsWith("invariants held")
        .doesNotContain("\n");
    assertThat(summary(200, 150, null, "M1: order x, 3 too much").line())
        .contains("NOT SETTLED", "BROKEN: M1: order x, 3 too much");
  }

  @Test
  void is_refused_where_it_is_none() throws IOException {
    var file = Files.writeString(folder.resolve("no.json"), "[]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Summary.read(file))
        .withMessageStartingWith("no summary of a load: ");
  }

  @Test
  void two_stand_side_by_side() {
    var table = Comparison.of(summary(200, 100, 1.0), summary(400, 150, 1.0, "M1: x"));
    assertThat(table.lines())
        .anyMatch(line -> line.matches("commands p99 ms +100\\.0 +150\\.0 +\\+50 %"))
        .anyMatch(line -> line.matches("refused +10\\.0 +10\\.0 +="))
        .anyMatch(line -> line.matches("invariants +held +BROKEN"));
  }
}
