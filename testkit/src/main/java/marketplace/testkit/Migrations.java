package marketplace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The changes of a database's shape, in the order of their versions. One that somebody may have
/// applied is never edited: his data would not open any more.
public final class Migrations {
  private Migrations() {}

  /// Each has a golden file with the hash of its text; a new one is written with
  /// `-Dgolden.write=true`.
  ///
  /// @param folder with the SQL files
  public static void assertUnedited(Path folder) {
    var migrations = versionedIn(folder);
    assertThat(migrations).as("migrations in %s", folder).isNotEmpty();
    for (var migration : migrations) {
      GoldenFile.assertMatches(
          "migrations/" + migration.getFileName() + ".sha256", hash(migration));
    }
  }

  private static List<Path> versionedIn(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("V")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(Path file) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
