package marketplace.edge.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What callers send about webhooks.
final class WebhookBodies {
  private WebhookBodies() {}

  /// @param url http or https, at a public address
  /// @param types of the events that are wanted: names of this service's messages
  /// @param secret signs what is sent: 16 to 200 bytes as they stand, or behind `whsec_` in Base64
  record NewWebhook(@Nullable String url, @Nullable List<String> types, @Nullable String secret) {
    /// Never the secret.
    @Override
    public String toString() {
      return "NewWebhook[" + url + ", " + types + "]";
    }
  }

  record Retry() {}
}
