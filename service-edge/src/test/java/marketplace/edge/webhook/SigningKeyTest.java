package marketplace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  /// Both computed with `openssl dgst -sha256 -mac HMAC`.
  @Test
  void signs_as_others_do() {
    assertThat(
            SigningKey.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    assertThat(SigningKey.of("sixteen bytes...").sign("a", 7, "Grüße"))
        .isEqualTo("v1,thVWK4p9cwKxbYrjRiLiOc8E04uOo7r836trJWimb/g=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fifteen bytes..",
        "whsec_",
        "whsec_MfKQ9r8GKYqrTw==",
        "whsec_no Base64 at all!!"
      })
  void takes_no_secret_that_is_too_short_or_unreadable(String secret) {
    assertThatThrownBy(() -> SigningKey.of(secret)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takes_none_that_is_too_long() {
    assertThat(SigningKey.of("x".repeat(200))).hasToString("(a secret)");
    assertThatThrownBy(() -> SigningKey.of("x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
