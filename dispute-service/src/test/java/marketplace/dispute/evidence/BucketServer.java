package marketplace.dispute.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A store that speaks as much of S3 as evidence needs, in memory: one bucket, whose requests must
/// be signed (AWS Signature Version 4, worked out here anew) by the one who has the keys.
public final class BucketServer implements AutoCloseable {
  static final String BUCKET = "cases";
  static final String REGION = "eu-central-1";
  static final String ACCESS_KEY = "AKIDEXAMPLE";
  static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

  /// For a test in another class loader: after a PUT it hangs up on everybody, until a DELETE.
  public static final String AWAY = "/away";

  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
  private static final int PAGE = 2;

  final Map<String, Kept> objects = new ConcurrentSkipListMap<>();

  /// Method and path of all that was refused.
  final List<String> refused = new CopyOnWriteArrayList<>();

  private final HttpServer server;
  private volatile Trouble trouble = (_, _) -> true;

  /// @param content one character for each byte
  record Kept(String content, Instant at) {}

  /// What goes wrong before or behind a request.
  @FunctionalInterface
  interface Trouble {
    /// @param isDone was the request carried out already?
    /// @return may it go on?
    boolean passes(String method, boolean isDone) throws IOException;
  }

  public BucketServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public Map<String, String> settings() {
    return Map.of(
        "marketplace.evidence.s3.endpoint", endpoint().toString(),
        "marketplace.evidence.s3.bucket", BUCKET,
        "marketplace.evidence.s3.region", REGION,
        "marketplace.evidence.s3.access-key", ACCESS_KEY,
        "marketplace.evidence.s3.secret-key", SECRET_KEY);
  }

  EvidenceSettings.Bucket asSettings(String secretKey) {
    return new EvidenceSettings.Bucket() {
      @Override
      public String bucket() {
        return BUCKET;
      }

      @Override
      public String region() {
        return REGION;
      }

      @Override
      public Optional<String> prefix() {
        return Optional.empty();
      }

      @Override
      public Optional<URI> endpoint() {
        return Optional.of(BucketServer.this.endpoint());
      }

      @Override
      public Optional<String> accessKey() {
        return Optional.of(ACCESS_KEY);
      }

      @Override
      public Optional<String> secretKey() {
        return Optional.of(secretKey);
      }
    };
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void trouble(Trouble other) {
    trouble = other;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var method = exchange.getRequestMethod();
      if (exchange.getRequestURI().getPath().equals(AWAY)) {
        var isAway = method.equals("PUT");
        trouble = (_, _) -> !isAway;
        answer(exchange, 204, "");
        return;
      }
      if (!trouble.passes(method, false)) return;
      // All of it, or an exception: of half an object nothing is kept.
      var body = exchange.getRequestBody().readAllBytes();
      if (!isSigned(exchange, body)) {
        refused.add(method + " " + exchange.getRequestURI().getPath());
        answer(exchange, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
        return;
      }
      var path = exchange.getRequestURI().getPath().split("/", 3);
      if (!path[1].equals(BUCKET)) {
        answer(exchange, 404, "<Error><Code>NoSuchBucket</Code></Error>");
        return;
      }
      carryOut(exchange, method, path.length > 2 ? path[2] : "", body);
    }
  }

  private void carryOut(HttpExchange exchange, String method, String key, byte[] body)
      throws IOException {
    var kept = objects.get(key);
    switch (method) {
      case "PUT" -> objects.put(key, new Kept(new String(body, ISO_8859_1), Instant.now()));
      case "DELETE" -> objects.remove(key);
      default -> {}
    }
    if (!trouble.passes(method, true)) return;
    if (!method.equals("GET")) answer(exchange, method.equals("PUT") ? 200 : 204, "");
    else if (key.isEmpty()) answer(exchange, 200, list(queryOf(exchange)));
    else if (kept == null) answer(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
    else {
      var content = kept.content().getBytes(ISO_8859_1);
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  /// So many at once, as a large bucket does.
  private String list(Map<String, String> query) {
    var after = query.getOrDefault("continuation-token", "");
    var found =
        objects.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(query.getOrDefault("prefix", "")))
            .filter(entry -> entry.getKey().compareTo(after) > 0)
            .limit(PAGE + 1L)
            .toList();
    var page = found.subList(0, Math.min(PAGE, found.size()));
    var isCut = found.size() > PAGE;
    return "<ListBucketResult><IsTruncated>%s</IsTruncated>%s%s</ListBucketResult>"
        .formatted(
            isCut,
            isCut
                ? "<NextContinuationToken>%s</NextContinuationToken>"
                    .formatted(page.getLast().getKey())
                : "",
            page.stream()
                .map(entry ->
                    "<Contents><Key>%s</Key><LastModified>%s</LastModified></Contents>"
                        .formatted(entry.getKey(), entry.getValue().at()))
                .collect(Collectors.joining()));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    if (bytes.length > 0) exchange.getResponseHeaders().add("content-type", "application/xml");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> queryOf(HttpExchange exchange) {
    Map<String, String> query = new TreeMap<>();
    var text = exchange.getRequestURI().getQuery();
    if (text == null) return query;
    for (var part : text.split("&", -1)) {
      var pair = part.split("=", 2);
      query.put(pair[0], pair.length > 1 ? pair[1] : "");
    }
    return query;
  }

  /// `AWS4-HMAC-SHA256 Credential=key/day/region/s3/aws4_request, SignedHeaders=…, Signature=…`
  private static boolean isSigned(HttpExchange exchange, byte[] body) {
    var header = exchange.getRequestHeaders().getFirst("authorization");
    if (header == null || !header.startsWith("AWS4-HMAC-SHA256 ")) return false;
    Map<String, String> parts =
        Arrays.stream(header.substring("AWS4-HMAC-SHA256 ".length()).split(",\\s*"))
            .map(part -> part.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    var credential = parts.getOrDefault("Credential", "").split("/", 2);
    if (!credential[0].equals(ACCESS_KEY)) return false;
    var payload = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
    if (!UNSIGNED.equals(payload) && !hex(sha256(body)).equals(payload)) return false;
    var scope = credential[1];
    var toSign =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            exchange.getRequestHeaders().getFirst("x-amz-date"),
            scope,
            hex(
                sha256(
                    canonical(exchange, parts.getOrDefault("SignedHeaders", ""), payload)
                        .getBytes(UTF_8))));
    var key = ("AWS4" + SECRET_KEY).getBytes(UTF_8);
    for (var step : scope.split("/", -1)) key = hmac(key, step);
    return hex(hmac(key, toSign)).equals(parts.get("Signature"));
  }

  private static String canonical(HttpExchange exchange, String signedHeaders, String payload) {
    var query = exchange.getRequestURI().getRawQuery();
    var sorted =
        query == null
            ? ""
            : Arrays.stream(query.split("&"))
                .map(part -> part.contains("=") ? part : part + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    var headers = new StringBuilder();
    for (var name : signedHeaders.split(";", -1)) {
      var value = String.join(",", exchange.getRequestHeaders().get(name));
      headers.append(name).append(':').append(value.strip()).append('\n');
    }
    return String.join(
        "\n",
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        sorted,
        headers,
        signedHeaders,
        payload);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
