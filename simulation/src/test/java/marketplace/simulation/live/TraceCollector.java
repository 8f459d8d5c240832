package marketplace.simulation.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import marketplace.platform.Loopback;

/// Takes the traces that services tell by OTLP over HTTP, and keeps them.
final class TraceCollector implements AutoCloseable {
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /// @param parentId empty for the first of a trace
  /// @param startNanos since 1970
  record Span(
      String traceId,
      String id,
      String parentId,
      String service,
      String name,
      long startNanos,
      long endNanos) {}

  TraceCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(Loopback.HOST), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  String endpoint() {
    return "http://%s:%d".formatted(Loopback.HOST, server.getAddress().getPort());
  }

  /// The trace in which the first span of this name is, as far as it has been told, each span
  /// behind those that began before it.
  List<Span> traceOf(String name) {
    return spans.stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .map(first ->
            spans.stream()
                .filter(span -> span.traceId().equals(first.traceId()))
                .sorted(Comparator.comparingLong(Span::startNanos))
                .toList())
        .orElse(List.of());
  }

  static Optional<Span> parentOf(Span span, List<Span> trace) {
    return trace.stream().filter(other -> other.id().equals(span.parentId())).findFirst();
  }

  /// For people: each step below the one that it follows from, with the milliseconds since the
  /// first began, and how many it took.
  static String tree(List<Span> trace) {
    var text = new StringBuilder();
    for (var span : trace) {
      if (parentOf(span, trace).isEmpty()) {
        draw(span, "", trace, span.startNanos(), text);
      }
    }
    return text.toString();
  }

  private static void draw(
      Span span, String indent, List<Span> trace, long begin, StringBuilder text) {
    text.append(
        "%8.1f %7.1f  %-8s %s%s%n"
            .formatted(
                (span.startNanos() - begin) / 1e6,
                (span.endNanos() - span.startNanos()) / 1e6,
                span.service().replace("-service", ""),
                indent,
                span.name()));
    for (var next : trace) {
      if (next.parentId().equals(span.id())) draw(next, indent + "  ", trace, begin, text);
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      read(exchange.getRequestBody().readAllBytes());
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /// An `ExportTraceServiceRequest`; the numbers are those of OTLP's schema.
  private void read(byte[] request) {
    for (var resourceSpans : Fields.of(request).messages(1)) {
      var service = "";
      for (var resource : resourceSpans.messages(1)) {
        for (var attribute : resource.messages(1)) {
          if (!attribute.text(1).equals("service.name")) continue;
          service = attribute.messages(2).getFirst().text(1);
        }
      }
      for (var scopeSpans : resourceSpans.messages(2)) {
        for (var span : scopeSpans.messages(2)) {
          spans.add(
              new Span(
                  span.hex(1),
                  span.hex(2),
                  span.hex(4),
                  service,
                  span.text(5),
                  span.number(7),
                  span.number(8)));
        }
      }
    }
  }

  /// One message of Protocol Buffers, its fields by their numbers.
  private record Fields(Map<Integer, List<Object>> values) {
    static Fields of(byte[] message) {
      var in = CodedInputStream.newInstance(message);
      Map<Integer, List<Object>> values = new HashMap<>();
      try {
        for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
          Object value =
              switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> in.readInt64();
                case WireFormat.WIRETYPE_FIXED64 -> in.readFixed64();
                case WireFormat.WIRETYPE_FIXED32 -> in.readFixed32();
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> in.readByteArray();
                default -> throw new IOException("not of this kind: " + tag);
              };
          values
              .computeIfAbsent(WireFormat.getTagFieldNumber(tag), _ -> new ArrayList<>())
              .add(value);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Fields(values);
    }

    List<Fields> messages(int field) {
      return values.getOrDefault(field, List.of()).stream()
          .map(value -> Fields.of((byte[]) value))
          .toList();
    }

    private byte[] bytes(int field) {
      return (byte[]) values.getOrDefault(field, List.of(new byte[0])).getFirst();
    }

    String text(int field) {
      return new String(bytes(field), UTF_8);
    }

    String hex(int field) {
      return HexFormat.of().formatHex(bytes(field));
    }

    long number(int field) {
      return (Long) values.getOrDefault(field, List.of(0L)).getFirst();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
