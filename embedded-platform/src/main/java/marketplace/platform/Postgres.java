package marketplace.platform;

import java.sql.Connection;
import java.sql.SQLException;

/// A running PostgreSQL, wherever it runs, in which each service and each test has a database.
public interface Postgres extends AutoCloseable {
  String host();

  int port();

  /// For what no service may do: looking at slots, cutting connections.
  Connection connectAsSuperuser(Database database) throws SQLException;

  /// Makes the database and its roles, or leaves them as they are.
  default Database createDatabase(String name, String rolePrefix) {
    return Databases.create(this, name, rolePrefix);
  }

  /// A database that nobody has used yet, with roles of its own.
  default Database newDatabase() {
    var name = Databases.freshName();
    return createDatabase(name, name);
  }

  @Override
  void close();
}
