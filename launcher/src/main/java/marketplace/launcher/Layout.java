package marketplace.launcher;

import java.io.File;
import java.nio.file.Path;

/// Where things lie below the folder of the repository.
///
/// @param kept everything that a start leaves behind
record Layout(Path home, Path kept) {
  Layout(Path home) {
    this(home, home.resolve(".market"));
  }

  /// Told by the script, which knows where it stands.
  static Layout ofThisRepository() {
    return new Layout(Path.of(System.getProperty("market.home", ".")).toAbsolutePath().normalize());
  }

  /// The same programs, for a start that leaves its traces elsewhere.
  Layout rehearsal() {
    return new Layout(home, home.resolve("target/rehearsal"));
  }

  /// What a user types.
  Path script() {
    return home.resolve("market");
  }

  Path data(String name) {
    return kept().resolve("data").resolve(name);
  }

  Path logs() {
    return kept().resolve("logs");
  }

  Path log(String name) {
    return logs().resolve(name + ".log");
  }

  Path state() {
    return kept().resolve("state.json");
  }

  Path application(String module) {
    return home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  Path loadTest() {
    return home.resolve("load-test/target/load-test-1.0-SNAPSHOT.jar");
  }

  /// That program and its libraries, of which no other may know.
  String loadTestClassPath() {
    return loadTest() + File.pathSeparator + loadTest().resolveSibling("lib") + "/*";
  }

  /// What is left of loads.
  Path loads() {
    return kept().resolve("load");
  }

  /// What a JVM remembers of the start of this program.
  Path cache(String name) {
    return home.resolve("target/aot").resolve(name + ".aot");
  }

  Path launcher() {
    return home.resolve("launcher/target/launcher-1.0-SNAPSHOT.jar");
  }

  /// This program and its libraries, among them the broker.
  String classPath() {
    return launcher() + File.pathSeparator + launcher().resolveSibling("lib") + "/*";
  }

  /// As a user at the repository's root would type it.
  String shown(Path path) {
    return "./" + home.relativize(path);
  }
}
