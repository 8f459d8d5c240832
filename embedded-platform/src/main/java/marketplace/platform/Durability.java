package marketplace.platform;

/// Whether what PostgreSQL has confirmed outlives a crash of the machine.
public enum Durability {
  /// As in production. The main job always takes this.
  DURABLE,

  /// Nothing is forced to the disk: for tests that prove rules and not survival.
  FAST
}
