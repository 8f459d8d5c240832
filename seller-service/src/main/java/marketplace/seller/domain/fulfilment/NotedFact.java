package marketplace.seller.domain.fulfilment;

import java.util.UUID;

/// Which event of another service was taken in.
public record NotedFact(UUID eventId, String eventType) {}
