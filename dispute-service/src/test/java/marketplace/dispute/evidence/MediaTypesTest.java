package marketplace.dispute.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
  private final MediaTypes types = new MediaTypes();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "image/png, 89504e470d0a1a0a0000000d49484452",
    "image/jpeg, ffd8ffe000104a46494600010100",
    "image/webp, 524946462400000057454250565038",
    "application/pdf, 255044462d312e370a25e2e3cfd3",
    "video/mp4, 000000206674797069736f6d0000020069736f6d69736f32",
    "video/mp4, 00000018667479706d70343200000000",
    "text/plain, 4974206973206272"
  })
  void what_may_be_sent_is_recognised_by_its_content(String type, String start) throws IOException {
    assertThat(recognised(HexFormat.of().parseHex(start))).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({
    "a page, 3c21444f43545950452068746d6c3e3c68746d6c3e",
    "a drawing with scripts, 3c73766720786d6c6e733d22687474703a2f2f7777772e77332e6f72672f323030302f737667223e",
    "an archive, 504b030414000000",
    "a program, 7f454c4602010100",
    "a film in QuickTime, 00000014667479707174202000000000",
    "a moving picture of old, 474946383961"
  })
  void nothing_else_is_taken(String what, String start) throws IOException {
    assertThat(recognised(HexFormat.of().parseHex(start))).as(what).isEqualTo("none");
  }

  @Test
  void a_file_is_what_its_content_says_and_not_what_it_is_called() throws IOException {
    var disguised =
        Files.write(folder.resolve("cup.png"), "hello".getBytes(StandardCharsets.UTF_8));
    assertThat(types.recognise(disguised)).contains("text/plain");
    assertThat(recognised(new byte[0])).isEqualTo("none");
  }

  private String recognised(byte[] content) throws IOException {
    return types.recognise(Files.write(folder.resolve("file"), content)).orElse("none");
  }
}
