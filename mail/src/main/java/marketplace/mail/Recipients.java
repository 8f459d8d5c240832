package marketplace.mail;

import java.util.Optional;
import java.util.UUID;

/// Who gets a mail. Addresses are personal data: they are looked up when a mail leaves, and are
/// never written beside it.
@FunctionalInterface
public interface Recipients {
  /// Empty for somebody whose address was erased: he gets no mail.
  Optional<String> addressOf(UUID recipientId);
}
