package marketplace.mail;

import java.time.Instant;
import java.util.UUID;
import marketplace.kernel.NoticeDetails;

/// What somebody is to be told, as it stands in the table.
public record Notification(
    UUID notificationId,
    String orderNumber,
    String template,
    String subject,
    NoticeDetails details,
    Instant notifiedAt) {}
