package marketplace.launcher;

import java.nio.file.Path;

/// A part did not start, or ended without being asked to. Its log tells why.
final class PartFailedException extends RuntimeException {
  private final Path log;

  PartFailedException(String what, Path log) {
    super(what);
    this.log = log;
  }

  Path log() {
    return log;
  }
}
