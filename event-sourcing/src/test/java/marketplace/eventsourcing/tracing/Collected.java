package marketplace.eventsourcing.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;

/// Somebody who collects traces, and tells what he was told.
public final class Collected implements AutoCloseable {
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exporter)).build();

  public Tracing tracing() {
    return Tracing.by(provider.get("test"));
  }

  public List<String> names() {
    return exporter.getFinishedSpanItems().stream().map(SpanData::getName).toList();
  }

  public SpanData only(String name) {
    assertThat(names()).containsOnlyOnce(name);
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// What a step that was told leaves for those that follow from it.
  public static String traceparent(SpanData span) {
    return "00-%s-%s-01".formatted(span.getTraceId(), span.getSpanId());
  }

  @Override
  public void close() {
    provider.close();
  }
}
