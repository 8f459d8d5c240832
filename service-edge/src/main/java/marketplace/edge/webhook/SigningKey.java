package marketplace.edge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs as the Standard Webhooks say, so that every receiver finds a library. A secret that begins
/// with `whsec_` goes on in Base64; any other one is taken as it stands.
final class SigningKey {
  static final int SECRET_BYTES_MIN = 16;
  static final int SECRET_BYTES_MAX = 200;

  private static final String ALGORITHM = "HmacSHA256";
  private static final String ENCODED = "whsec_";

  private final byte[] key;

  private SigningKey(byte[] key) {
    this.key = key;
  }

  /// @throws IllegalArgumentException for one that is too short or too long, or no Base64
  static SigningKey of(String secret) {
    var key =
        secret.startsWith(ENCODED)
            ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
            : secret.getBytes(UTF_8);
    if (key.length < SECRET_BYTES_MIN || key.length > SECRET_BYTES_MAX) {
      throw new IllegalArgumentException("a secret of " + key.length + " bytes");
    }
    return new SigningKey(key);
  }

  /// The header `webhook-signature`.
  String sign(String id, long timestamp, String body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  @Override
  public String toString() {
    return "(a secret)";
  }
}
