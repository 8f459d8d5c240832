package marketplace.edge;

import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import marketplace.eventsourcing.ServiceRules;
import marketplace.eventsourcing.tracing.Tracing;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Traces go where `OTEL_EXPORTER_OTLP_ENDPOINT` says, the variable that all programs have for it,
/// by OTLP over HTTP. Where it says nothing, nothing of what would tell them is begun.
/// OpenTelemetry's other variables (`OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS`, …) mean
/// here what they mean everywhere.
@Singleton
final class Traces {
  private static final Logger LOG = Logger.getLogger(Traces.class);
  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";

  /// Behind everybody who may still have something to tell.
  private static final int LAST = Interceptor.Priority.APPLICATION + 1_000;

  private final Tracing tracing;
  private final Closeable telling;

  Traces(@ConfigProperty(name = ENDPOINT) Optional<String> endpoint, ServiceRules rules) {
    if (endpoint.isEmpty()) {
      tracing = Tracing.OFF;
      telling = () -> {};
      return;
    }
    var told =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesSupplier(() ->
                Map.of(
                    ENDPOINT,
                    endpoint.get(),
                    "otel.exporter.otlp.protocol",
                    "http/protobuf",
                    "otel.service.name",
                    rules.name(),
                    "otel.metrics.exporter",
                    "none",
                    "otel.logs.exporter",
                    "none"))
            .build()
            .getOpenTelemetrySdk();
    tracing = Tracing.by(told.getTracer("marketplace"));
    telling = told;
    LOG.infof("traces are told to %s", endpoint.get());
  }

  @Produces
  @Singleton
  Tracing tracing() {
    return tracing;
  }

  void stop(@Observes @Priority(LAST) ShutdownEvent event) throws IOException {
    telling.close();
  }
}
