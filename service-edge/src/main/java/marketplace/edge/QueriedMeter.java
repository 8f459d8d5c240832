package marketplace.edge;

/// Figures of a service's business that its database knows, so that all instances tell the same.
///
/// @param name with the unit: `marketplace.escrow.minor`
/// @param tag what its values are told apart by
/// @param sql a row for each value, with the tag's value and the number; a parameter, if there is
///   one, is the simulated time. An index has to know what it asks for: no whole table is read
public record QueriedMeter(String name, String description, String tag, String sql) {}
