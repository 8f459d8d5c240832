package marketplace.dispute.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.EvidenceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceFolderTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final EvidenceId id = new EvidenceId(UUID.randomUUID());

  @TempDir Path folder;

  @Test
  void keeps_a_piece_until_it_is_removed() throws IOException {
    var store = new EvidenceFolder(folder.resolve("evidence"));
    store.keep(id, Files.writeString(folder.resolve("upload"), "It is broken."));
    try (var content = store.open(id).orElseThrow()) {
      assertThat(content).hasContent("It is broken.");
    }
    store.remove(id);
    store.remove(id);
    assertThat(store.open(id)).isEmpty();
  }

  @Test
  void keeps_nothing_of_what_cannot_be_copied() throws IOException {
    var store = new EvidenceFolder(folder.resolve("evidence"));
    assertThatThrownBy(() -> store.keep(id, folder.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder.resolve("evidence")).isEmptyDirectory();
  }

  @Test
  void names_what_is_old_and_forgets_what_a_crash_left_half_done() throws IOException {
    var store = new EvidenceFolder(folder);
    store.keep(id, Files.writeString(folder.resolve("x.part"), "It is broken."));
    Files.setLastModifiedTime(folder.resolve("x.part"), FileTime.from(NOON));
    Files.setLastModifiedTime(folder.resolve(id.toString()), FileTime.from(NOON));
    assertThat(store.keptBefore(NOON)).isEmpty();
    assertThat(store.keptBefore(NOON.plusSeconds(1))).containsExactly(id);
    assertThat(folder.resolve("x.part")).doesNotExist();
  }
}
