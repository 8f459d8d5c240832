/// The edge that all four services share: who is calling, idempotency, problem documents, versions,
/// live streams, health, and what the simulation needs to know. Rules of one service never live
/// here.
@NullMarked
package marketplace.edge;

import org.jspecify.annotations.NullMarked;
