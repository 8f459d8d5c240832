/// What people see of the window.
@NullMarked
package marketplace.dispute.view;

import org.jspecify.annotations.NullMarked;
