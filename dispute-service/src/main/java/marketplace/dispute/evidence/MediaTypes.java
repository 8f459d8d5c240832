package marketplace.dispute.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
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

  /// The major brands of MP4 that Tika knows only as the family they belong to, QuickTime.
  private static final Pattern MP4_BRAND = Pattern.compile("ftyp(iso[m2-9]|avc1|dash|MSNV)");

  private static final String QUICKTIME = "video/quicktime";
  private static final int BRAND_AT = 4;
  private static final int BRAND_BYTES = 8;

  private final Tika tika = new Tika();

  /// Empty for what is not taken.
  public Optional<String> recognise(Path file) throws IOException {
    try (var content = new BufferedInputStream(Files.newInputStream(file))) {
      var found = tika.detect(content);
      var type = found.equals(QUICKTIME) && isMp4(file) ? "video/mp4" : found;
      return EXTENSIONS.containsKey(type) ? Optional.of(type) : Optional.empty();
    }
  }

  private static boolean isMp4(Path file) throws IOException {
    try (var content = Files.newInputStream(file)) {
      content.skipNBytes(BRAND_AT);
      var brand = new String(content.readNBytes(BRAND_BYTES), StandardCharsets.US_ASCII);
      return MP4_BRAND.matcher(brand).matches();
    }
  }

  public static String extensionOf(String mediaType) {
    return EXTENSIONS.getOrDefault(mediaType, "bin");
  }
}
