package marketplace.refund.view;

import java.util.List;
import java.util.stream.Stream;
import marketplace.eventsourcing.ViewTable;
import marketplace.eventsourcing.ViewTable.Column;

/// The service's own tables, as its migrations make them.
public final class LedgerTables {
  /// One row for each order; what `/v1/invariants` holds against the postings.
  public static final ViewTable LEDGERS =
      table(
          "ledgers",
          1,
          "order_id uuid",
          "buyer_id uuid",
          "seller_id uuid",
          "currency text",
          "total_minor bigint",
          "cancellation text",
          "after_sale_closed boolean",
          "captured_minor bigint",
          "refunded_minor bigint",
          "paid_out_minor bigint",
          "outside_minor bigint",
          "escrow_minor bigint",
          "reserved_minor bigint",
          "wallet_minor bigint",
          "vouchers_minor bigint",
          "seller_minor bigint",
          "version int",
          "published_version int",
          "changed_at timestamptz");

  /// Two rows for each posting, of opposite sign.
  public static final ViewTable POSTINGS =
      table(
          "postings",
          3,
          "order_id uuid",
          "stream_version int",
          "account text",
          "amount_minor bigint",
          "posted_at timestamptz");

  public static final ViewTable PAYMENTS =
      table(
          "payments",
          1,
          "payment_id uuid",
          "order_id uuid",
          "method text",
          "amount_minor bigint",
          "currency text",
          "state text");

  public static final ViewTable REFUNDS =
      table(
          "refunds",
          1,
          "refund_id uuid",
          "order_id uuid",
          "buyer_id uuid",
          "seller_id uuid",
          "cause_type text",
          "cause_id uuid",
          "requested_minor bigint",
          "amount_minor bigint",
          "currency text",
          "channel text",
          "stage text",
          "attempts int",
          "requested_at timestamptz",
          "retry_at timestamptz",
          "issued_at timestamptz",
          "expected_by timestamptz",
          "settled_at timestamptz",
          "voucher_code text",
          "voucher_expires_at timestamptz",
          "comment text");

  public static final ViewTable INQUIRIES =
      table(
          "refund_inquiries",
          1,
          "inquiry_id uuid",
          "order_id uuid",
          "refund_id uuid",
          "text text",
          "state text",
          "opened_at timestamptz",
          "closed_at timestamptz");

  /// When a case was opened and ended, by the ledger's own stream: the evidence for M7.
  public static final ViewTable CASE_NOTES =
      table(
          "case_notes", 2, "order_id uuid", "stream_version int", "case_id uuid", "opened boolean");

  public static final ViewTable PAYOUTS =
      table(
          "payouts",
          1,
          "payout_id uuid",
          "order_id uuid",
          "seller_id uuid",
          "amount_minor bigint",
          "currency text",
          "why text",
          "released_at timestamptz",
          "stream_version int");

  private LedgerTables() {}

  static ViewTable table(String name, int keys, String... columns) {
    var all =
        Stream.of(columns).map(text -> text.split(" ")).map(c -> new Column(c[0], c[1])).toList();
    return new ViewTable(name, List.copyOf(all.subList(0, keys)), all);
  }
}
