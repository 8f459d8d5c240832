/// What the service does by itself: reacts to others' facts, and lets the provider answer.
@NullMarked
package marketplace.refund.process;

import org.jspecify.annotations.NullMarked;
