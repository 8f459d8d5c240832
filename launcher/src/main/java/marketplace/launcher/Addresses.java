package marketplace.launcher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import marketplace.platform.Database;
import marketplace.platform.Loopback;

/// Where to reach what runs, for a program that reads it. The databases' users can only read.
///
/// @param instances all of each service, where there may be more than the first
record Addresses(
    String order,
    String seller,
    String refund,
    String dispute,
    String simulation,
    String kafka,
    Map<String, List<String>> instances,
    Map<String, Login> databases,
    Map<String, Long> pids,
    Map<String, String> conditions) {

  record Login(String url, String user, String password) {}

  static Addresses of(State state) {
    return new Addresses(
        http(state, Service.ORDER.id()),
        http(state, Service.SELLER.id()),
        http(state, Service.REFUND.id()),
        http(state, Service.DISPUTE.id()),
        http(state, Service.SIMULATION.id()),
        Loopback.HOST + ":" + port(state, RunningPart.KAFKA),
        instances(state.parts()),
        Service.withDatabase()
            .collect(
                Collectors.toMap(
                    Service::id,
                    service -> login(state, service),
                    (one, _) -> one,
                    LinkedHashMap::new)),
        state.parts().stream()
            .collect(
                Collectors.toMap(
                    RunningPart::name, RunningPart::pid, (one, _) -> one, LinkedHashMap::new)),
        state.parts().stream()
            .collect(
                Collectors.toMap(
                    RunningPart::name, state::condition, (one, _) -> one, LinkedHashMap::new)));
  }

  /// By the service.
  static Map<String, List<String>> instances(List<RunningPart> parts) {
    return Service.withDatabase()
        .collect(
            Collectors.toMap(
                Service::id,
                service ->
                    parts.stream()
                        .filter(part -> service.isPart(part.name()))
                        .map(part -> http(part.port()))
                        .toList(),
                (one, _) -> one,
                LinkedHashMap::new));
  }

  static String http(int port) {
    return "http://%s:%d".formatted(Loopback.HOST, port);
  }

  private static String http(State state, String name) {
    return http(port(state, name));
  }

  static Login login(State state, Service service) {
    var database =
        new Database(service.database(), service.id(), port(state, RunningPart.POSTGRES));
    return new Login(database.url(), database.reader(), database.password());
  }

  private static int port(State state, String name) {
    return state
        .part(name)
        .orElseThrow(() -> new IllegalStateException(name + " was not started"))
        .port();
  }

  String json() {
    try {
      return new ObjectMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
