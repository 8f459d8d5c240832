package marketplace.eventsourcing.sample;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import marketplace.eventsourcing.Delivery;
import org.jspecify.annotations.Nullable;

/// Another service, and the records it writes. Its stream about a pot is `neighbour-{pot}`.
public final class Neighbour {
  private long offset;

  public Delivery says(UUID pot, int version, int previous, String type, String data) {
    return says(UUID.randomUUID(), pot, version, previous, type, data, SteppedTime.MONDAY);
  }

  /// Without versions, by hand.
  public Delivery injects(UUID pot, String type, String data) {
    return says(UUID.randomUUID(), pot, null, null, type, data, SteppedTime.MONDAY);
  }

  public Delivery says(
      UUID id,
      UUID pot,
      @Nullable Integer version,
      @Nullable Integer previous,
      String type,
      String data,
      Instant time) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id.toString());
    headers.put("ce_type", type);
    headers.put("ce_source", "/neighbour");
    headers.put("ce_subject", "neighbour-" + pot);
    headers.put("ce_time", time.toString());
    headers.put("content-type", "application/json");
    headers.put("ce_dataschema", "urn:sample:" + type + ":v1");
    if (version != null) headers.put("ce_streamversion", version.toString());
    if (previous != null) headers.put("ce_previousversion", previous.toString());
    headers.put("ce_correlationid", id.toString());
    headers.put("ce_causationid", id.toString());
    headers.put("ce_actor", "NEIGHBOUR:1");
    headers.put("ce_recordedat", SteppedTime.MONDAY.toString());
    headers.put("ce_origin", version == null ? "INJECTED" : "SERVICE");
    return new Delivery.Received(
        Pot.NEIGHBOURS,
        0,
        offset++,
        pot,
        headers,
        data.getBytes(StandardCharsets.UTF_8),
        SteppedTime.MONDAY);
  }
}
