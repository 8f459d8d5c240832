package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreflightTest {
  @Test
  void names_who_has_a_taken_port_and_the_next_command() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var port = taken.getLocalPort();

      var obstacle = Preflight.takenPort(new Ports(8080), List.of(port)).orElseThrow();

      assertThat(obstacle.exitCode()).isEqualTo(5);
      assertThat(obstacle.text())
          .isEqualTo(
              "Port %d is taken by java (process %d). Use another one: MARKET_PORT=9080 ./market up",
              port, ProcessHandle.current().pid());
    }
  }

  @Test
  void does_not_guess_who_has_it_where_the_system_does_not_tell() {
    assertThat(Preflight.portText(8081, Optional.empty(), 9080))
        .isEqualTo(
            "Port 8081 is taken by another program. Use another one: MARKET_PORT=9080 ./market up");
  }

  @Test
  void lets_free_ports_pass() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = socket.getLocalPort();
    }

    assertThat(Preflight.takenPort(new Ports(8080), List.of(port))).isEmpty();
    assertThat(Preflight.isTaken(port)).isEmpty();
  }

  @Test
  void says_how_much_memory_is_missing_and_the_next_command() {
    assertThat(Preflight.memoryText(2500, 1800, false))
        .isEqualTo(
            "market needs about 2500 MB of free memory; 1800 MB are free. Close something, or start"
                + " it smaller: ./market up --small");
    assertThat(Preflight.memoryText(1700, 1000, true))
        .isEqualTo("market needs about 1700 MB of free memory; 1000 MB are free. Close something.");
  }
}
