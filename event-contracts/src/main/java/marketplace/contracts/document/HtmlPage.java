package marketplace.contracts.document;

/// The frame of the few pages that a service shows of itself: no script, nothing from elsewhere.
public final class HtmlPage {
  private HtmlPage() {}

  /// @param title plain text
  /// @param body HTML
  public static String of(String title, String body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <style>
    :root { color-scheme: light dark; }
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    table { border-collapse: collapse; margin: .5rem 0 1rem; width: 100%%; }
    th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8884; }
    summary { cursor: pointer; padding: .2rem 0; }
    code { font-size: .95em; }
    </style>
    </head>
    <body>
    <h1>%1$s</h1>
    %2$s
    </body>
    </html>
    """
        .formatted(escaped(title), body);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
