package marketplace.refund.domain;

import java.time.Instant;

/// Shop credit that a refund of a cash payment arrives as.
public record Voucher(String code, Instant expiresAt) {}
