/// Sends what a service has written down in its table `notifications`. At least once: a crash
/// between sending and writing that down repeats one mail, and nothing else does.
@NullMarked
package marketplace.mail;

import org.jspecify.annotations.NullMarked;
