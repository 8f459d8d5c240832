package marketplace.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class ReplyTest {
  @Test
  void is_read_when_somebody_asks_and_then_once() {
    var reply = Reply.of(201, "{\"orderId\":\"7\"}");
    assertThat(reply.body().path("orderId").textValue()).isEqualTo("7");
    assertThat(reply.body()).isSameAs(reply.body());
    assertThat(reply).hasToString("201 {\"orderId\":\"7\"}");
  }

  @Test
  void whoever_asks_for_the_status_alone_needs_no_json() {
    var reply = Reply.of(503, "<html>");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.isSuccess()).isFalse();
    assertThatIllegalStateException().isThrownBy(reply::body).withMessageContaining("<html>");
  }

  @Test
  void has_a_null_for_a_body_where_there_was_none() {
    assertThat(Reply.of(204, null).body().isNull()).isTrue();
  }

  @Test
  void is_a_success_from_200_to_299() {
    assertThat(Reply.of(199, null).isSuccess()).isFalse();
    assertThat(Reply.of(200, null).isSuccess()).isTrue();
    assertThat(Reply.of(299, null).isSuccess()).isTrue();
    assertThat(Reply.of(300, null).isSuccess()).isFalse();
  }
}
