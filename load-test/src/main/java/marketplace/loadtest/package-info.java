/// Measures what the services can do, each figure beside a floor of the same run: machines are
/// shared and noisy, ratios are not.
@NullMarked
package marketplace.loadtest;

import org.jspecify.annotations.NullMarked;
