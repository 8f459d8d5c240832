package marketplace.simulation.world;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import marketplace.simulation.journal.Journal;

/// A marketplace that can be asked, watched, disturbed and moved through time.
public interface World {

  /// Calls a service; returns when it has answered, not when the others have heard of it.
  Reply call(Request request);

  /// Does these at one instant of simulated time, each once; they do not depend on one another.
  void together(List<Runnable> acts);

  Instant now();

  /// Goes from deadline to deadline, letting every service hear everything in between: the
  /// reference.
  void stepTo(Instant to);

  /// As `stepTo`, from where everything is settled, for those who do not depend on one another:
  /// deadlines of different streams that are due at one instant, with one rank, fire together.
  void passTo(Instant to);

  /// Lets time pass by itself, this much faster than real time; 0: it stands still.
  ///
  /// @throws UnsupportedOperationException where there is no other time than that of steps
  void flow(long rate);

  /// Sets the clock at once; what is due fires while facts are still on their way.
  void leapTo(Instant to);

  /// Waits until every fact has been told to everybody.
  void settle();

  /// Puts these fault rules in the place of the service's earlier ones: `{rules: […]}`.
  void setFaults(String service, JsonNode rules);

  /// Writes a fact straight to its topic, as if a service had told it. Returns when whoever listens
  /// can hear it.
  ///
  /// @param type of the catalogue
  void inject(String topic, UUID key, String type, JsonNode data);

  /// All that the services have stored about an order, each stream in its order.
  List<StoredFact> stored(UUID orderId);

  /// What was told up to now.
  Journal journal();

  /// Are there real services, with tables, lists and HTTP?
  boolean live();
}
