package marketplace.loadtest;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One kept-alive connection for one caller after the other: a client that costs a tenth of a
/// general one, so that the machine is left to what is measured.
final class HttpConnection implements Closeable {
  private static final int LINE_BYTES_MAX = 8_192;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  record Reply(int status, String body) {
    /// The text value of a field, where it stands in the body for the first time.
    String text(String field) {
      var begin = body.indexOf('"' + field + "\":\"");
      if (begin < 0) throw new IllegalStateException("no " + field + " in " + this);
      var from = begin + field.length() + 4;
      return body.substring(from, body.indexOf('"', from));
    }
  }

  HttpConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), LINE_BYTES_MAX);
    out = socket.getOutputStream();
  }

  /// @param headers each ended by a line break of HTTP
  Reply send(String method, String path, String headers, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, headers, bytes.length)
            .getBytes(StandardCharsets.UTF_8);
    var request = new byte[head.length + bytes.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(bytes, 0, request, head.length, bytes.length);
    out.write(request);
    return readReply();
  }

  private Reply readReply() throws IOException {
    var status = Integer.parseInt(readLine().split(" ", 3)[1]);
    var length = 0;
    for (var line = readLine(); !line.isEmpty(); line = readLine()) {
      var colon = line.indexOf(':');
      if (line.substring(0, colon).toLowerCase(Locale.ROOT).equals("content-length")) {
        length = Integer.parseInt(line.substring(colon + 1).strip());
      }
    }
    return new Reply(status, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private String readLine() throws IOException {
    var line = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) throw new IOException("the service has hung up");
      if (line.length() > LINE_BYTES_MAX) throw new IOException("a header without an end");
      if (next != '\r') line.append((char) next);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
