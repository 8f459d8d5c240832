@NullMarked
package marketplace.dispute;

import org.jspecify.annotations.NullMarked;
