package marketplace.eventsourcing;

import java.util.UUID;

/// Where new ids come from, injected beside the clock: version 7 in production, from the seed in a
/// seeded run. Ids that follow from others come from `Ids.nameBased` instead.
@FunctionalInterface
public interface IdSource {
  UUID next();
}
