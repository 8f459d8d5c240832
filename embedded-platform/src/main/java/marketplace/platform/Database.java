package marketplace.platform;

/// One service's database and the four roles that use it.
public record Database(String name, String rolePrefix, String host, int port) {
  /// The same for all roles: PostgreSQL can be reached from this machine only.
  public static final String PASSWORD = "market";

  /// On this machine.
  public Database(String name, String rolePrefix, int port) {
    this(name, rolePrefix, Loopback.HOST, port);
  }

  public String url() {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, name);
  }

  /// Owns the tables, and runs the migrations.
  public String owner() {
    return rolePrefix + "_owner";
  }

  /// What the service works as; it gets only what the migrations grant.
  public String app() {
    return rolePrefix + "_app";
  }

  /// May read the log of changes.
  public String relay() {
    return rolePrefix + "_relay";
  }

  /// May read every table and write none: for people and their tools.
  public String reader() {
    return rolePrefix + "_reader";
  }

  public String password() {
    return PASSWORD;
  }
}
