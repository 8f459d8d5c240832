package marketplace.launcher;

/// What `./market` answers its caller with; 3 (no JDK) is the script's own.
final class ExitCode {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int MEMORY = 4;
  static final int PORT = 5;

  private ExitCode() {}
}
