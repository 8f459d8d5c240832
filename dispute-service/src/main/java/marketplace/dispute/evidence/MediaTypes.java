package marketplace.dispute.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.tika.Tika;

/// Which kinds of files are taken as evidence. A file is what its content says, whatever its name
/// and its sender say.
public final class MediaTypes {
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          "image/png", "png",
          "image/jpeg", "jpg",
          "image/webp", "webp",
          "application/pdf", "pdf",
          "video/mp4", "mp4",
          "text/plain", "txt");

  private final Tika tika = new Tika();

  /// Empty for what is not taken.
  public Optional<String> recognise(Path file) throws IOException {
    try (var content = new BufferedInputStream(Files.newInputStream(file))) {
      var found = tika.detect(content);
      // One container, two names: what most recorders write is only found as the general one.
      var type = found.equals("application/mp4") ? "video/mp4" : found;
      return EXTENSIONS.containsKey(type) ? Optional.of(type) : Optional.empty();
    }
  }

  public static String extensionOf(String mediaType) {
    return EXTENSIONS.getOrDefault(mediaType, "bin");
  }
}
