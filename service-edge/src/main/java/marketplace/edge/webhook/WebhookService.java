package marketplace.edge.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import marketplace.contracts.MessageFamily;
import marketplace.edge.RuntimeBeans;
import marketplace.edge.ServiceRuntime;
import marketplace.edge.ServiceSettings;
import marketplace.eventsourcing.ServiceRules;

/// Puts together what sends this instance's share of the events, and starts and stops it.
@Singleton
class WebhookService {
  private final Destinations destinations;
  private final Webhooks webhooks;
  private final FanOut fanOut;
  private final Courier courier;
  private final Post post;
  private final ServiceRuntime runtime;
  private final Set<String> types;

  WebhookService(
      ServiceRules rules,
      ServiceRuntime runtime,
      ServiceSettings settings,
      DataSource dataSource,
      Vertx vertx,
      MeterRegistry meters) {
    this.runtime = runtime;
    var wall = RuntimeBeans.wall();
    var allowed = settings.webhooks().allowedNetworks().orElse(List.of());
    destinations =
        new Destinations(allowed.stream().map(Network::parse).toList(), InetAddress::getAllByName);
    webhooks = new Webhooks(wall);
    var deliveries = new Deliveries(dataSource, wall);
    post = new Post(vertx, destinations, Webhooks.WEBHOOKS_MAX * Courier.UNDER_WAY_EACH_MAX);
    courier = new Courier(deliveries, post, wall, meters);
    fanOut =
        new FanOut(
            dataSource,
            runtime.reader(),
            deliveries,
            "/" + rules.name(),
            Set.copyOf(rules.topics()),
            settings.webhooks().backlogMax(),
            courier::look);
    types =
        MessageFamily.ALL.stream()
            .filter(family -> rules.topics().contains(family.topic()))
            .flatMap(family -> family.types().stream())
            .sorted()
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  void start(@Observes StartupEvent event) {
    runtime.onAppended(fanOut::appended);
    fanOut.start();
    courier.start();
  }

  void stop(@Observes ShutdownEvent event) {
    fanOut.close();
    courier.close();
    post.close();
  }

  /// Somebody has come, or wants something sent at once.
  void look() {
    fanOut.look();
    courier.look();
  }

  Webhooks webhooks() {
    return webhooks;
  }

  Destinations destinations() {
    return destinations;
  }

  /// The types of the events that this service publishes.
  Set<String> types() {
    return types;
  }
}
