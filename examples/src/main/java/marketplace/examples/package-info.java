/// Consumers that know nothing but the topics, and hold their answers against the right ones.
@NullMarked
package marketplace.examples;

import org.jspecify.annotations.NullMarked;
