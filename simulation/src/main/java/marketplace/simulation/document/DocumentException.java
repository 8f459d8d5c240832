package marketplace.simulation.document;

/// A document that cannot be read, and where to look.
public final class DocumentException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DocumentException(String file, int line, String pointer, String problem) {
    super("%s:%d: %s%s".formatted(file, line, pointer.isEmpty() ? "" : pointer + ": ", problem));
  }
}
