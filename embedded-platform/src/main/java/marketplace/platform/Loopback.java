package marketplace.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// The one address that all parts listen on.
public final class Loopback {
  public static final String HOST = "127.0.0.1";

  private static final int BACKLOG = 1;

  private Loopback() {}

  /// A port that was free a moment ago. Another process may be faster, but the system hands out all
  /// others first before it comes back to this one.
  public static int freePort() {
    try (var socket = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static boolean isFree(int port) {
    try (var _ = new ServerSocket(port, BACKLOG, InetAddress.ofLiteral(HOST))) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
