package marketplace.edge.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import marketplace.edge.webhook.Deliveries.Attempt;

/// Sends one document to one receiver, and reads nothing but the status of what he answers: neither
/// a redirection nor a body can lead anywhere or cost anything.
///
/// Each attempt has a connection of its own, to the very address that was found to be allowed just
/// before; name and certificate are still those of the URL.
final class Post implements AutoCloseable {
  /// From connecting to the status, whatever a receiver does.
  static final Duration ATTEMPT_MAX = Duration.ofSeconds(10);

  /// For TCP, and for TLS again: together less than an attempt has, so that no connection comes
  /// when nobody waits for it any more.
  private static final Duration CONNECT_MAX = Duration.ofSeconds(4);

  private static final int WHY_CHARS_MAX = 200;

  private final HttpClient client;
  private final Destinations destinations;
  private final Duration attemptMax;

  /// @param connectionsMax at once; there are never more attempts than that
  Post(Vertx vertx, Destinations destinations, int connectionsMax) {
    this(vertx, destinations, connectionsMax, new HttpClientOptions(), ATTEMPT_MAX);
  }

  /// @param options may say whom to trust
  Post(
      Vertx vertx,
      Destinations destinations,
      int connectionsMax,
      HttpClientOptions options,
      Duration attemptMax) {
    this.destinations = destinations;
    this.attemptMax = attemptMax;
    this.client =
        vertx.createHttpClient(
            options
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setConnectTimeout(Math.toIntExact(CONNECT_MAX.toMillis()))
                .setSslHandshakeTimeout(CONNECT_MAX.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS),
            new PoolOptions().setHttp1MaxSize(connectionsMax));
  }

  @Override
  public void close() {
    var _ = client.close();
  }

  Attempt send(String url, Map<String, String> headers, String body) {
    try {
      var destination = Destinations.parse(url);
      return send(requestTo(destination, destinations.addressOf(destination)), headers, body);
    } catch (Destinations.RefusedException e) {
      return new Attempt.Failed(null, "the URL " + e.getMessage());
    }
  }

  private static RequestOptions requestTo(URI url, InetAddress address) {
    var isSecure = url.getScheme().equals("https");
    var port = url.getPort() > 0 ? url.getPort() : isSecure ? 443 : 80;
    var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
        .setHost(Destinations.hostOf(url))
        .setPort(port)
        .setSsl(isSecure)
        .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
  }

  private Attempt send(RequestOptions options, Map<String, String> headers, String body) {
    var begun = new AtomicReference<HttpClientRequest>();
    var status =
        client
            .request(options)
            .compose(request -> {
              begun.set(request);
              headers.forEach(request::putHeader);
              return request.send(Buffer.buffer(body));
            })
            .map(response -> response.statusCode())
            .toCompletionStage()
            .toCompletableFuture();
    try {
      var answered = status.get(attemptMax.toMillis(), TimeUnit.MILLISECONDS);
      return answered >= 200 && answered < 300
          ? new Attempt.Taken(answered)
          : new Attempt.Failed(answered, "answered " + answered);
    } catch (TimeoutException _) {
      return new Attempt.Failed(null, "no answer within " + attemptMax);
    } catch (ExecutionException e) {
      return new Attempt.Failed(null, shortened(String.valueOf(e.getCause())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Attempt.Failed(null, "interrupted");
    } finally {
      // What still comes is not wanted.
      var request = begun.get();
      if (request != null) request.connection().close();
    }
  }

  private static String shortened(String text) {
    return text.length() <= WHY_CHARS_MAX ? text : text.substring(0, WHY_CHARS_MAX);
  }
}
