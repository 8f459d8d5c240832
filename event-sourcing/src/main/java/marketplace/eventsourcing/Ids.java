package marketplace.eventsourcing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// Ids that follow from others (UUID version 5), so that a repeated decision names the same thing.
public final class Ids {
  /// The version 5 namespace of this project; any fixed value serves, and it may never change.
  private static final UUID NAMESPACE = UUID.fromString("6f0c7d3e-3a51-5b0e-9d2a-0a5b8f2c41d7");

  /// Has read the namespace, with which every name begins. Only ever copied.
  private static final MessageDigest BEGUN = begun();

  private Ids() {}

  private static MessageDigest begun() {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(
          ByteBuffer.allocate(16)
              .putLong(NAMESPACE.getMostSignificantBits())
              .putLong(NAMESPACE.getLeastSignificantBits())
              .array());
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /// The id of `name` among things of one kind; equal for equal arguments, for ever.
  public static UUID nameBased(String kind, String name) {
    try {
      var sha1 = (MessageDigest) BEGUN.clone();
      sha1.update((kind + ":" + name).getBytes(StandardCharsets.UTF_8));
      var hash = ByteBuffer.wrap(sha1.digest());
      var high = (hash.getLong() & ~0xF000L) | 0x5000L;
      var low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-1 can be copied", e);
    }
  }
}
