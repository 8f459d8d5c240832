package marketplace.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.UUID;

/// One public event. The name of its record is the `ce_type`, its components are the `data`.
public interface Message {

  /// The record key on Kafka: the order id, or the seller id on the accounts topic.
  @JsonIgnore
  UUID key();
}
