package marketplace.mail;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/// Which server mail is handed to.
@ConfigMapping(prefix = "marketplace.mail")
public interface MailSettings {
  /// Empty: nothing is sent, and the rows stay as they are until there is one.
  Optional<String> host();

  int port();

  String from();
}
