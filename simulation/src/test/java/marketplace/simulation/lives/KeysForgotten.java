package marketplace.simulation.lives;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.Inbound;
import marketplace.eventsourcing.Operation;
import marketplace.eventsourcing.ServiceRules;

/// Rules that decide each call anew, whatever key it came with.
record KeysForgotten(ServiceRules rules) implements ServiceRules {

  @Override
  public String name() {
    return rules.name();
  }

  @Override
  public List<Aggregate<?, ?, ?, ?>> aggregates() {
    return rules.aggregates();
  }

  @Override
  public List<Inbound<?>> inbound() {
    return rules.inbound();
  }

  @Override
  public List<String> topics() {
    return rules.topics();
  }

  @Override
  public Map<String, Operation> operations() {
    return rules.operations().entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(Map.Entry::getKey, named -> forgetful(named.getValue())));
  }

  private static Operation forgetful(Operation operation) {
    return new Operation(
        operation.method(),
        operation.path(),
        (call, parameters, body) ->
            operation
                .preparation()
                .prepare(
                    new Call(call.caller(), call.trace(), call.expectedVersion(), null, call.ids()),
                    parameters,
                    body));
  }
}
