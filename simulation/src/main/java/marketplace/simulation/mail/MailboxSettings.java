package marketplace.simulation.mail;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// Whether the market's mail is taken in here.
@ConfigMapping(prefix = "marketplace.mailbox")
public interface MailboxSettings {
  /// On loopback; nobody listens where it is not set.
  Optional<Integer> port();
}
