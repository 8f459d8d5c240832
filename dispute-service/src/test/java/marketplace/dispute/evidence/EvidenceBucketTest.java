package marketplace.dispute.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import marketplace.dispute.evidence.BucketServer.Kept;
import marketplace.kernel.EvidenceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceBucketTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final BucketServer server = new BucketServer();
  private final EvidenceBucket store =
      new EvidenceBucket(server.asSettings(BucketServer.SECRET_KEY));
  private final EvidenceId id = new EvidenceId(UUID.randomUUID());

  @TempDir Path folder;

  @AfterEach
  void end() {
    store.close();
    server.close();
  }

  private Path upload() throws IOException {
    return Files.writeString(folder.resolve("upload"), "It is broken.");
  }

  @Test
  void keeps_a_piece_until_it_is_removed() throws IOException {
    store.keep(id, upload());
    assertThat(server.objects).containsOnlyKeys("evidence/" + id);
    try (var content = store.open(id).orElseThrow()) {
      assertThat(content).hasContent("It is broken.");
    }
    store.remove(id);
    store.remove(id);
    assertThat(store.open(id)).isEmpty();
    assertThat(server.objects).isEmpty();
    assertThat(server.refused).isEmpty();
  }

  @Test
  void takes_ten_MiB() throws IOException {
    var bytes = new byte[10 * 1024 * 1024];
    bytes[bytes.length - 1] = 7;
    store.keep(id, Files.write(folder.resolve("large"), bytes));
    try (var content = store.open(id).orElseThrow()) {
      assertThat(content.readAllBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void signs_with_its_own_key() throws IOException {
    var upload = upload();
    try (var stranger = new EvidenceBucket(server.asSettings("another"))) {
      assertThatThrownBy(() -> stranger.keep(id, upload)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> stranger.open(id)).isInstanceOf(IOException.class);
    }
    assertThat(server.objects).isEmpty();
    assertThat(server.refused).contains("PUT /cases/evidence/" + id);
  }

  @Test
  void tries_again_where_the_store_is_away_for_a_moment() throws IOException {
    var puts = new AtomicInteger();
    server.trouble(
        (method, isDone) -> isDone || !method.equals("PUT") || puts.incrementAndGet() > 1);
    store.keep(id, upload());
    assertThat(puts).hasValueGreaterThan(1);
    assertThat(server.objects).containsOnlyKeys("evidence/" + id);
  }

  @Test
  void an_upload_that_breaks_off_leaves_nothing_behind() throws IOException {
    var upload = upload();
    server.trouble((method, _) -> !method.equals("PUT"));
    assertThatThrownBy(() -> store.keep(id, upload)).isInstanceOf(IOException.class);
    assertThat(server.objects).isEmpty();
  }

  @Test
  void neither_does_one_whose_answer_is_lost() throws IOException {
    var upload = upload();
    var wasThere = new AtomicInteger();
    server.trouble((method, isDone) -> {
      if (!method.equals("PUT") || !isDone) return true;
      wasThere.addAndGet(server.objects.size());
      return false;
    });
    assertThatThrownBy(() -> store.keep(id, upload)).isInstanceOf(IOException.class);
    assertThat(wasThere).hasPositiveValue();
    assertThat(server.objects).isEmpty();
  }

  @Test
  void keeps_nothing_of_what_cannot_be_read() {
    assertThatThrownBy(() -> store.keep(id, folder.resolve("gone")))
        .isInstanceOf(IOException.class);
    assertThat(server.objects).isEmpty();
  }

  @Test
  void names_what_is_old_and_its_own() {
    List<EvidenceId> old = new ArrayList<>();
    for (var i = 0; i < 5; i++) {
      old.add(new EvidenceId(UUID.randomUUID()));
      server.objects.put("evidence/" + old.get(i), new Kept("", NOON.minusSeconds(1)));
    }
    server.objects.put("evidence/" + id, new Kept("", NOON));
    server.objects.put("evidence/notes.txt", new Kept("", NOON.minusSeconds(1)));
    server.objects.put("others/" + id, new Kept("", NOON.minusSeconds(1)));
    assertThat(before(NOON)).containsExactlyInAnyOrderElementsOf(old);
    assertThat(before(NOON.plusSeconds(1))).hasSize(6).contains(id);
  }

  private List<EvidenceId> before(Instant wall) {
    try {
      return store.keptBefore(wall);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// In a process of its own, which tells what it loads.
  @Test
  void nobody_loads_the_SDK_who_keeps_evidence_in_a_folder() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                FolderOnly.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String loaded;
    try (var said = process.getInputStream()) {
      loaded = new String(said.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(loaded).isZero();
    assertThat(loaded)
        .contains("marketplace.dispute.evidence.EvidenceFolder ")
        .doesNotContain("software.amazon")
        .doesNotContain("EvidenceBucket ");
  }
}
