/// What the OpenAPI document says beyond what the framework finds out by itself.
@NullMarked
package marketplace.edge.document;

import org.jspecify.annotations.NullMarked;
