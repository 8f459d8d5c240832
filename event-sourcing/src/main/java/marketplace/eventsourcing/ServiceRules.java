package marketplace.eventsourcing;

import java.util.List;
import java.util.Map;

/// All rules of one service, as pure functions: enough to run it in memory.
public interface ServiceRules {
  /// As in `ce_source`, without the slash: `order-service`.
  String name();

  List<Aggregate<?, ?, ?, ?>> aggregates();

  List<Inbound<?>> inbound();

  /// The topics that nobody else writes to: the service creates them when it starts, so that those
  /// who listen need not wait for a first message.
  List<String> topics();

  /// By name, for example `requestCancellation`: the `operationId` of the service's OpenAPI
  /// document.
  Map<String, Operation> operations();
}
