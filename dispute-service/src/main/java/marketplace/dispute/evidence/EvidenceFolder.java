package marketplace.dispute.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import marketplace.kernel.EvidenceId;

/// Evidence in one folder of the file system.
public final class EvidenceFolder implements EvidenceStore {
  private static final String UNFINISHED = ".part";

  private final Path folder;

  public EvidenceFolder(Path folder) {
    this.folder = folder;
  }

  /// What is being copied has another name, so a crash leaves no half of a piece behind under the
  /// name of a whole one.
  @Override
  public void keep(EvidenceId id, Path file) throws IOException {
    Files.createDirectories(folder);
    var unfinished = folder.resolve(id + UNFINISHED);
    try {
      Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
      Files.move(unfinished, place(id), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  @Override
  public Optional<InputStream> open(EvidenceId id) throws IOException {
    try {
      return Optional.of(Files.newInputStream(place(id)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void remove(EvidenceId id) throws IOException {
    Files.deleteIfExists(place(id));
  }

  @Override
  public List<EvidenceId> keptBefore(Instant wall) throws IOException {
    List<EvidenceId> old = new ArrayList<>();
    if (!Files.isDirectory(folder)) return old;
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (!Files.isRegularFile(file)) continue;
        if (!Files.getLastModifiedTime(file).toInstant().isBefore(wall)) continue;
        var name = String.valueOf(file.getFileName());
        if (name.endsWith(UNFINISHED)) Files.deleteIfExists(file);
        else old.add(EvidenceId.of(name));
      }
    }
    return old;
  }

  private Path place(EvidenceId id) {
    return folder.resolve(id.toString());
  }
}
