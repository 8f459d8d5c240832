package marketplace.simulation.mail;

import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import marketplace.eventsourcing.time.SystemClock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Where all mail of the market ends: a real SMTP server on loopback that hands nothing on, and
/// keeps the last mails to be looked at.
@Singleton
public class Mailbox {
  /// A mail has some 3 KB.
  public static final int MAILS_MAX = 2_000;

  private static final Logger LOG = Logger.getLogger(Mailbox.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final String EVERYBODY = "everybody@marketplace.example";

  private final Optional<Integer> port;
  private final SystemClock wall = new SystemClock();
  private final Deque<Mail> mails = new ArrayDeque<>();
  private @Nullable GreenMail server;

  @Inject
  Mailbox(MailboxSettings settings) {
    this(settings.port());
  }

  /// @param port empty: nobody listens
  Mailbox(Optional<Integer> port) {
    this.port = port;
  }

  /// @param at wall time at which it came
  public record Mail(
      String from, String to, String subject, String text, String html, Instant at) {}

  void start(@Observes StartupEvent event) {
    port.ifPresent(this::listen);
  }

  void stop(@Observes ShutdownEvent event) {
    var running = server;
    if (running != null) running.stop();
  }

  private void listen(int wanted) {
    var mail = new GreenMail(new ServerSetup(wanted, LOOPBACK, ServerSetup.PROTOCOL_SMTP));
    var user = mail.setUser(EVERYBODY, EVERYBODY);
    mail.getUserManager().setMessageDeliveryHandler((message, to) -> receive(message, to, user));
    try {
      mail.start();
      server = mail;
    } catch (RuntimeException e) {
      // Mail waits in the services until there is a server: everything else works without.
      LOG.warnf("no mailbox at port %d: %s", wanted, e.getMessage());
    }
  }

  private GreenMailUser receive(MovingMessage message, MailAddress to, GreenMailUser user)
      throws MessagingException {
    try {
      keep(read(message.getMessage(), to.getEmail()));
      // Its own folders would grow for ever.
      var running = server;
      if (running != null) running.purgeEmailFromAllMailboxes();
    } catch (IOException | FolderException e) {
      throw new MessagingException("a mail cannot be read", e);
    }
    return user;
  }

  private synchronized void keep(Mail mail) {
    mails.addFirst(mail);
    if (mails.size() > MAILS_MAX) mails.removeLast();
  }

  /// The newest first.
  ///
  /// @param to null for everybody's
  public synchronized List<Mail> mails(@Nullable String to, int limit) {
    return mails.stream()
        .filter(mail -> to == null || mail.to().equalsIgnoreCase(to))
        .limit(limit)
        .toList();
  }

  private Mail read(MimeMessage message, String to) throws MessagingException, IOException {
    var from = message.getFrom();
    var subject = message.getSubject();
    return new Mail(
        from == null || from.length == 0 ? "" : from[0].toString(),
        to,
        subject == null ? "" : subject,
        part(message, "text/plain"),
        part(message, "text/html"),
        wall.instant());
  }

  /// The first part of this type, however deep; empty where there is none.
  private static String part(Part part, String type) throws MessagingException, IOException {
    if (part.isMimeType(type)) return String.valueOf(part.getContent());
    if (!(part.getContent() instanceof Multipart parts)) return "";
    for (var i = 0; i < parts.getCount(); i++) {
      var found = part(parts.getBodyPart(i), type);
      if (!found.isEmpty()) return found;
    }
    return "";
  }
}
