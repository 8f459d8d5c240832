/// The words that all services share: ids, money, units, policies. Rules of one service never live
/// here.
@NullMarked
package marketplace.kernel;

import org.jspecify.annotations.NullMarked;
