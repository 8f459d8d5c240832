package marketplace.edge;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import marketplace.eventsourcing.IdSource;
import marketplace.eventsourcing.control.FaultRules;
import marketplace.eventsourcing.time.SimulatedClock;
import marketplace.eventsourcing.time.SimulatedTime;
import marketplace.eventsourcing.time.SystemClock;
import marketplace.kernel.Policies;

/// What a service is given: its time, its ids, the policies it knows.
public final class RuntimeBeans {
  private static final SystemClock WALL = new SystemClock();

  @Produces
  @Singleton
  SimulatedTime time(ServiceSettings settings) {
    return settings.simulation().enabled() ? new SimulatedClock(WALL) : WALL;
  }

  /// Wall time, for what is about operations and not about business.
  public static InstantSource wall() {
    return WALL;
  }

  @Produces
  @Singleton
  Policies policies() {
    return new Policies();
  }

  /// A service that has faults of its own kinds names them in a bean of its own.
  @Produces
  @Singleton
  @DefaultBean
  FaultRules faults() {
    return new FaultRules();
  }

  /// Version 7: ids that sort by the time at which they were made, which indexes like.
  @Produces
  @Singleton
  IdSource ids() {
    var random = new SecureRandom();
    return () -> {
      var high = (WALL.millis() << 16) | 0x7000L | (random.nextInt() & 0x0FFFL);
      var low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    };
  }
}
