package marketplace.launcher;

import java.io.File;
import java.nio.file.Path;

/// Where things lie below the folder of the repository.
record Layout(Path home) {
  /// Told by the script, which knows where it stands.
  static Layout ofThisRepository() {
    return new Layout(Path.of(System.getProperty("market.home", ".")).toAbsolutePath().normalize());
  }

  /// Everything that a start leaves behind.
  Path kept() {
    return home.resolve(".market");
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

  /// This program and its libraries, among them the broker.
  String classPath() {
    var target = home.resolve("launcher/target");
    return target.resolve("launcher-1.0-SNAPSHOT.jar")
        + File.pathSeparator
        + target.resolve("lib")
        + "/*";
  }

  /// As a user at the repository's root would type it.
  String shown(Path path) {
    return "./" + home.relativize(path);
  }
}
