package marketplace.mail;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.qute.TemplateException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import marketplace.mail.MailQueue.Leased;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sends what is due, one mail after the other, beside everything else that the service does. Any
/// number of instances may: each leases what it sends.
@Singleton
public class MailSender {
  private static final Logger LOG = Logger.getLogger(MailSender.class);

  /// By which a reader knows a mail that came twice.
  static final String ID_HEADER = "X-Notification-Id";

  private static final int BATCH_MAX = 20;
  private static final Duration SEND_MAX = Duration.ofSeconds(10);

  /// Longer than a batch can take: whoever has not told of its end until then is dead.
  private static final Duration LEASE = Duration.ofMinutes(5);

  private static final Duration STOP_MAX = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration PAUSE_WITHOUT_SERVER = Duration.ofSeconds(5);

  /// After a refusal; after each further one twice as long. Given up after almost six days.
  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);

  private static final int REFUSALS_MAX = 14;

  /// "Service not available, closing channel": about the server, not about a mail.
  private static final int SERVER_CLOSES = 421;

  private final MailSettings settings;
  private final MailQueue queue;
  private final MailRenderer renderer;
  private final Recipients recipients;
  private final ReactiveMailer mailer;
  private final MeterRegistry meters;
  private final Thread thread = Thread.ofPlatform().name("mail").daemon().unstarted(this::run);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean serverAway;
  private volatile long waiting;

  MailSender(
      MailSettings settings,
      MailQueue queue,
      MailRenderer renderer,
      Recipients recipients,
      ReactiveMailer mailer,
      MeterRegistry meters) {
    this.settings = settings;
    this.queue = queue;
    this.renderer = renderer;
    this.recipients = recipients;
    this.mailer = mailer;
    this.meters = meters;
  }

  void start(@Observes StartupEvent event) {
    if (settings.host().isEmpty()) {
      LOG.info("marketplace.mail.host is not set: notifications are kept, and no mail is sent");
      return;
    }
    Gauge.builder("marketplace.mail.waiting", () -> waiting)
        .description(
            "notifications of which no mail has left, %d at most".formatted(MailQueue.WAITING_MAX))
        .register(meters);
    thread.start();
  }

  /// What is on its way may still arrive and be told of; what is not sent is given back.
  void stop(@Observes ShutdownEvent event) {
    stopped.countDown();
    try {
      if (!thread.join(STOP_MAX)) thread.interrupt();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Duration pause;
      do {
        sendAll();
        pause = serverAway ? PAUSE_WITHOUT_SERVER : PAUSE;
      } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      // Others send it when the lease is over.
      Thread.currentThread().interrupt();
    }
  }

  private void sendAll() {
    try {
      var due = BATCH_MAX;
      while (due == BATCH_MAX && !isStopping()) {
        due = sendDue();
        if (due > 0 || waiting > 0) waiting = queue.waiting();
        if (serverAway) return;
      }
    } catch (SQLException | RuntimeException e) {
      LOG.warnf("mail is sent later: %s", e.getMessage());
    }
  }

  private boolean isStopping() {
    return stopped.getCount() == 0;
  }

  /// @return how many were due; fewer than a batch: no more are
  public int sendDue() throws SQLException {
    var open = new ArrayDeque<>(queue.lease(BATCH_MAX, LEASE));
    var due = open.size();
    while (!open.isEmpty() && !isStopping()) {
      if (!isAnswered(open.remove())) break;
    }
    if (!open.isEmpty()) queue.giveBack(open);
    return due;
  }

  /// @return false where there was no server to say anything
  private boolean isAnswered(Leased mail) throws SQLException {
    var address = recipients.addressOf(mail.recipientId());
    if (address.isEmpty()) {
      queue.drop(mail);
      count("erased");
      return true;
    }
    try {
      send(mail, address.get());
    } catch (RuntimeException e) {
      if (isAboutThisMail(e)) {
        refused(mail, e);
        return true;
      }
      away(mail, e);
      return false;
    }
    queue.sent(mail);
    count("sent");
    if (serverAway) LOG.info("the mail server is back");
    serverAway = false;
    return true;
  }

  private void send(Leased mail, String address) {
    var rendered = renderer.render(mail.notification());
    mailer
        .send(
            Mail.withText(address, rendered.subject(), rendered.text())
                .setHtml(rendered.html())
                .addHeader(ID_HEADER, mail.id().toString()))
        .await()
        .atMost(SEND_MAX);
  }

  private static boolean isAboutThisMail(Throwable failure) {
    for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof TemplateException) return true;
      if (e instanceof SMTPException answer) return answer.getReplyCode() != SERVER_CLOSES;
    }
    return false;
  }

  /// The logs name the notification and never the address, which a server's answer may repeat.
  private void refused(Leased mail, RuntimeException e) throws SQLException {
    var refusals = mail.refusals() + 1;
    if (refusals < REFUSALS_MAX) {
      queue.refused(mail, FIRST_RETRY.multipliedBy(1L << mail.refusals()));
      count("refused");
    } else {
      queue.drop(mail);
      count("given_up");
    }
    LOG.warnf("mail %s was refused, %d of %d: %s", mail.id(), refusals, REFUSALS_MAX, kindOf(e));
  }

  /// Counts for nothing: a server may be away for a month, and no mail is lost. This one is tried
  /// after the others, as it may be the one that the server chokes on.
  private void away(Leased mail, RuntimeException e) throws SQLException {
    queue.later(mail, PAUSE_WITHOUT_SERVER);
    if (!serverAway) LOG.warnf("mail waits until the server is back: %s", kindOf(e));
    serverAway = true;
  }

  private static String kindOf(RuntimeException e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return cause instanceof SMTPException answer
        ? "reply " + answer.getReplyCode()
        : cause.getClass().getSimpleName();
  }

  private void count(String result) {
    meters.counter("marketplace.mail", "result", result).increment();
  }
}
