package marketplace.simulation.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private static final String ANA = "ana@buyers.example";
  private static final String LIN = "lin@sellers.example";

  @Test
  void keeps_the_last_mails_and_finds_those_of_one() throws IOException {
    var port = freePort();
    var mailbox = new Mailbox(Optional.of(port));
    mailbox.start(new StartupEvent());
    try {
      for (var i = 0; i < 3; i++) send(port, ANA, "to Ana " + i);
      send(port, LIN, "to Lin");

      assertThat(mailbox.mails(null, 10)).hasSize(4);
      assertThat(mailbox.mails("ANA@buyers.example", 2))
          .extracting(Mailbox.Mail::subject)
          .containsExactly("to Ana 2", "to Ana 1");
      assertThat(mailbox.mails(LIN, 10))
          .singleElement()
          .satisfies(mail -> {
            assertThat(mail.from()).isEqualTo("market@marketplace.example");
            assertThat(mail.text()).contains("<b>to Lin</b>");
            assertThat(mail.html()).isEmpty();
          });
    } finally {
      mailbox.stop(new ShutdownEvent());
    }
  }

  @Test
  void is_empty_where_nobody_listens_or_the_port_is_taken() throws IOException {
    var silent = new Mailbox(Optional.empty());
    silent.start(new StartupEvent());
    assertThat(silent.mails(null, 10)).isEmpty();
    try (var taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      var unlucky = new Mailbox(Optional.of(taken.getLocalPort()));
      unlucky.start(new StartupEvent());
      assertThat(unlucky.mails(null, 10)).isEmpty();
      unlucky.stop(new ShutdownEvent());
    }
  }

  private static void send(int port, String to, String subject) {
    GreenMailUtil.sendTextEmail(
        to,
        "market@marketplace.example",
        subject,
        "<b>" + subject + "</b>",
        new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
