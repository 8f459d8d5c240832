package marketplace.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What must be so before anything starts: enough memory, and free ports.
///
/// The script runs this file from source before it builds, because to hear after minutes of
/// building that a port is taken is no fun. So it may use the JDK only.
final class Preflight {
  static final int NEEDED_MB = 2500;
  static final int NEEDED_SMALL_MB = 1700;

  /// For one more instance of each service.
  private static final int NEEDED_MORE_MB = 1_200;

  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB");
  private static final int ANOTHER_BLOCK = 1000;

  /// Why it cannot start, in words for the user.
  record Obstacle(int exitCode, String text) {}

  private Preflight() {}

  public static void main(String[] arguments) {
    try {
      var ports = Ports.from(System.getenv());
      var small = Arrays.asList(arguments).contains("--small");
      var obstacle = memory(small, 1).or(() -> takenPort(ports, ports.outer()));
      obstacle.ifPresent(it -> {
        System.err.println(it.text());
        System.exit(it.exitCode());
      });
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(ExitCode.USAGE);
    }
  }

  /// @param instances of each service
  static Optional<Obstacle> memory(boolean small, int instances) {
    var needed = (small ? NEEDED_SMALL_MB : NEEDED_MB) + (instances - 1) * NEEDED_MORE_MB;
    var free = freeMemoryMb();
    if (free.isEmpty() || free.getAsLong() >= needed) {
      return Optional.empty();
    }
    return Optional.of(new Obstacle(ExitCode.MEMORY, memoryText(needed, free.getAsLong(), small)));
  }

  static String memoryText(int neededMb, long freeMb, boolean small) {
    return "market needs about %d MB of free memory; %d MB are free. Close something%s"
        .formatted(neededMb, freeMb, small ? "." : ", or start it smaller: ./market up --small");
  }

  /// Empty where the system does not tell: then we try.
  static OptionalLong freeMemoryMb() {
    try {
      var available = AVAILABLE.matcher(Files.readString(MEMORY));
      return available.find()
          ? OptionalLong.of(Long.parseLong(available.group(1)) / 1024)
          : OptionalLong.empty();
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }

  static Optional<Obstacle> takenPort(Ports ports, Collection<Integer> wanted) {
    return wanted.stream()
        .filter(port -> !isFree(port))
        .findFirst()
        .map(port ->
            new Obstacle(
                ExitCode.PORT, portText(port, ownerOf(port), ports.first() + ANOTHER_BLOCK)));
  }

  /// For a port that the user has named himself.
  static Optional<String> isTaken(int port) {
    return isFree(port)
        ? Optional.empty()
        : Optional.of("Port %d is taken by %s.".formatted(port, who(ownerOf(port))));
  }

  static String portText(int port, Optional<ProcessHandle> owner, int anotherFirst) {
    return "Port %d is taken by %s. Use another one: %s=%d ./market up"
        .formatted(port, who(owner), Ports.VARIABLE, anotherFirst);
  }

  private static String who(Optional<ProcessHandle> owner) {
    return owner
        .map(process -> "%s (process %d)".formatted(name(process), process.pid()))
        .orElse("another program");
  }

  private static String name(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> command.substring(command.lastIndexOf('/') + 1))
        .orElse("a program");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Linux lists its sockets by number and each process's open files by socket number.
  private static Optional<ProcessHandle> ownerOf(int port) {
    var socket =
        listeningSocket("/proc/net/tcp", port).or(() -> listeningSocket("/proc/net/tcp6", port));
    return socket.flatMap(number ->
        ProcessHandle.allProcesses().filter(process -> holds(process, number)).findFirst());
  }

  private static Optional<String> listeningSocket(String table, int port) {
    var local = ":%04X".formatted(port);
    try (var lines = Files.lines(Path.of(table))) {
      return lines
          .map(line -> line.strip().split("\\s+"))
          .filter(field -> field.length > 9 && field[1].endsWith(local) && field[3].equals("0A"))
          .map(field -> "socket:[" + field[9] + "]")
          .findFirst();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static boolean holds(ProcessHandle process, String socket) {
    try (var files = Files.list(Path.of("/proc", String.valueOf(process.pid()), "fd"))) {
      return files.anyMatch(file -> target(file).equals(socket));
    } catch (IOException _) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }
}
