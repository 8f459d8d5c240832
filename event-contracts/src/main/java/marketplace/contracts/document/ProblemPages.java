package marketplace.contracts.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// `problems.md`, which people read in the repository too: a heading of the third level for each
/// code, and below it what it means and what to do.
public final class ProblemPages {
  private static final Pattern ENTRY =
      Pattern.compile("^### ([A-Z_]+)\\n(.+?)(?=\\n\\n|\\Z)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private final Map<String, String> texts = new LinkedHashMap<>();

  private ProblemPages(String markdown) {
    ENTRY
        .matcher(markdown)
        .results()
        .forEach(entry -> texts.put(entry.group(1), htmlOf(entry.group(2))));
  }

  public static ProblemPages read() {
    try (var in = ProblemPages.class.getResourceAsStream("/problems.md")) {
      return new ProblemPages(
          new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// HTML that explains this code.
  public Optional<String> find(String code) {
    return Optional.ofNullable(texts.get(code));
  }

  /// HTML that explains all of them.
  public String index() {
    var html = new StringBuilder("<dl>\n");
    texts.forEach((code, text) ->
        html.append(
            "<dt><a href=\"/problems/%s\"><code>%s</code></a></dt><dd>%s</dd>\n"
                .formatted(code.toLowerCase(Locale.ROOT).replace('_', '-'), code, text)));
    return html.append("</dl>\n").toString();
  }

  private static String htmlOf(String text) {
    return CODE.matcher(HtmlPage.escaped(text)).replaceAll("<code>$1</code>");
  }
}
