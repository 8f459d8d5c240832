/// Which way an event has gone, told to whoever collects traces. The one package that knows the
/// interface of OpenTelemetry.
@NullMarked
package marketplace.eventsourcing.tracing;

import org.jspecify.annotations.NullMarked;
