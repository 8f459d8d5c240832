/// What a service says of itself, for people and for tools: its topics, and its reasons to refuse.
@NullMarked
package marketplace.contracts.document;

import org.jspecify.annotations.NullMarked;
