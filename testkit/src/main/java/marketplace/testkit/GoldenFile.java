package marketplace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text that was promised once: a stored event, a message. It is compared to the letter, and is
/// never changed to make a test pass: a new shape gets a new name and a file of its own.
///
/// To write a file that does not exist yet, run the test with `-Dgolden.write=true`; an existing
/// file is never overwritten.
public final class GoldenFile {
  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

  private GoldenFile() {}

  public static void assertMatches(String name, String text) {
    var file = FOLDER.resolve(name);
    try {
      if (!Files.exists(file) && Boolean.getBoolean("golden.write")) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
      }
      assertThat(file).as("golden file; its text would be: %s", text).exists();
      assertThat(Files.readString(file, StandardCharsets.UTF_8).strip())
          .as("promised in %s", file)
          .isEqualTo(text.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(String name) {
    try {
      return Files.readString(FOLDER.resolve(name), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
