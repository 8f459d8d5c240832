package marketplace.eventsourcing;

/// Where an event comes from: a decision of a service, or somebody's hand.
public enum Origin {
  SERVICE,
  INJECTED
}
