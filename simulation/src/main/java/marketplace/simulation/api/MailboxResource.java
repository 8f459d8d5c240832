package marketplace.simulation.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import marketplace.simulation.mail.Mailbox;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What came by mail.
@Path("/v1/mailbox")
@Tag(name = "Mailbox")
@RunOnVirtualThread
class MailboxResource {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 200;

  private final Mailbox mailbox;

  MailboxResource(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  @GET
  @Operation(
      operationId = "getMailbox",
      summary = "Mail of the market, newest first; the last 2000 are kept")
  public List<Mailbox.Mail> mailbox(
      @QueryParam("to") @Nullable String to, @QueryParam("limit") @Nullable Integer limit) {
    if (limit != null && (limit < 1 || limit > LIMIT_MAX)) {
      throw Problems.invalid("limit", "must be from 1 to " + LIMIT_MAX);
    }
    return mailbox.mails(
        to == null || to.isEmpty() ? null : to, limit == null ? LIMIT_DEFAULT : limit);
  }
}
