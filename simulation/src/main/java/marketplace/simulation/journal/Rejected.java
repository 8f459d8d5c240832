package marketplace.simulation.journal;

import java.util.UUID;

/// A fact that a service has refused, as its copy says.
///
/// @param by the service
/// @param reason for example `ILLEGAL_TRANSITION`
public record Rejected(UUID key, String type, String by, String reason) {}
