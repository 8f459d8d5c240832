package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path directory;

  @Test
  void is_the_last_twenty_lines_of_a_long_log() throws IOException {
    var log = directory.resolve("order.log");
    Files.write(log, IntStream.rangeClosed(1, 50_000).mapToObj(n -> "line " + n).toList());

    assertThat(LogTail.of(log)).hasSize(20).startsWith("line 49981").endsWith("line 50000");
  }

  @Test
  void is_all_of_a_short_one() throws IOException {
    var log = Files.writeString(directory.resolve("order.log"), "one\ntwo\n");

    assertThat(LogTail.of(log)).containsExactly("one", "two");
  }

  @Test
  void says_so_when_there_is_none() {
    assertThat(LogTail.of(directory.resolve("none.log")))
        .singleElement()
        .asString()
        .contains("no log");
  }
}
