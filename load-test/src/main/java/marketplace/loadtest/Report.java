package marketplace.loadtest;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What was measured: lines for people as it comes, figures for comparing two runs at the end.
final class Report {
  private final Map<String, Double> figures = new LinkedHashMap<>();

  void line(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }

  void figure(String name, double value) {
    figures.put(name, value);
  }

  void figure(String name, double value, String line) {
    figure(name, value);
    line("  " + line, value);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
    line("all figures: %s", file);
  }
}
