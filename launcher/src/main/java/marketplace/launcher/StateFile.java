package marketplace.launcher;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.UnaryOperator;

/// Keeps the state for the next `./market`. The script looks for `"pid" : N` in it, one a line.
final class StateFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path path;

  StateFile(Path path) {
    this.path = path;
  }

  synchronized State read() {
    try {
      return Files.exists(path) ? JSON.readValue(path.toFile(), State.class) : State.NOTHING;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  synchronized void change(UnaryOperator<State> change) {
    var next = path.resolveSibling(path.getFileName() + ".next");
    try {
      Files.createDirectories(path.getParent());
      JSON.writeValue(next.toFile(), change.apply(read()));
      // Whoever reads meanwhile sees the old state or the new one.
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  synchronized void forget() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
