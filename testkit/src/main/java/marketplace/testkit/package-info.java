/// What tests are told in: given-when-then for deciders, golden files, and the rules of the house.
@NullMarked
package marketplace.testkit;

import org.jspecify.annotations.NullMarked;
