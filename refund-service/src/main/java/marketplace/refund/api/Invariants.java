package marketplace.refund.api;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.kernel.OrderId;
import org.jspecify.annotations.Nullable;

/// The money rules of domain, section 13, asked of the tables. The postings are the evidence: what
/// a ledger says of itself counts only where they say the same.
@Singleton
class Invariants {
  /// A broken rule breaks for many; the first ones are enough to look at.
  static final int FAILURES_MAX = 100;

  /// One snapshot for all rules, so that an append between two queries is no failure.
  private static final int ISOLATION = Connection.TRANSACTION_REPEATABLE_READ;

  /// @param checked how many ledgers, refunds or postings were looked at
  /// @param failures at most `FAILURES_MAX`
  record Finding(String id, boolean ok, long checked, List<Failure> failures) {}

  /// @param orderId null where the failure is of all orders together
  record Failure(@Nullable OrderId orderId, String detail) {}

  /// What the postings of each order add up to. As long as money is reserved, a refund is on its
  /// way and the end that M4 to M6 speak of has not come.
  private static final String BOOKS =
      """
      with books as (
        select order_id,
          coalesce(sum(amount_minor) filter (where account = 'OUTSIDE'), 0) as outside,
          coalesce(sum(amount_minor) filter (where account = 'ESCROW'), 0) as escrow,
          coalesce(sum(amount_minor) filter (where account = 'ESCROW_RESERVED'), 0) as reserved,
          coalesce(sum(amount_minor) filter (where account = 'BUYER_WALLET'), 0) as wallet,
          coalesce(sum(amount_minor) filter (where account = 'VOUCHERS'), 0) as vouchers,
          coalesce(sum(amount_minor) filter (where account = 'SELLER'), 0) as seller,
          coalesce(-sum(amount_minor)
            filter (where account = 'OUTSIDE' and amount_minor < 0), 0) as captured,
          coalesce(sum(amount_minor) filter (where amount_minor > 0
            and account in ('OUTSIDE', 'BUYER_WALLET', 'VOUCHERS')), 0) as refunded
        from postings group by order_id
      ), held as (
        select l.*,
          coalesce(b.outside, 0) as outside, coalesce(b.escrow, 0) as escrow,
          coalesce(b.reserved, 0) as reserved, coalesce(b.wallet, 0) as wallet,
          coalesce(b.vouchers, 0) as vouchers, coalesce(b.seller, 0) as seller,
          coalesce(b.captured, 0) as captured, coalesce(b.refunded, 0) as refunded
        from ledgers l left join books b using (order_id)
      )
      """;

  private record Rule(String id, String counted, String broken) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "M1",
              "select count(*) from ledgers",
              BOOKS
                  + """
                  select order_id, 'balances ' || concat_ws(' ', outside_minor, escrow_minor,
                      reserved_minor, wallet_minor, vouchers_minor, seller_minor)
                    || ', captured ' || captured_minor || ', refunded ' || refunded_minor
                    || ', paid out ' || paid_out_minor || '; postings say '
                    || concat_ws(' ', outside, escrow, reserved, wallet, vouchers, seller)
                    || ', captured ' || captured || ', refunded ' || refunded
                  from held
                  where captured <> escrow + reserved + refunded + seller
                    or (outside_minor, escrow_minor, reserved_minor, wallet_minor, vouchers_minor,
                        seller_minor, captured_minor, refunded_minor, paid_out_minor)
                      <> (outside, escrow, reserved, wallet, vouchers, seller, captured, refunded,
                        seller)
                  union all
                  select order_id, 'posting ' || stream_version || ' sums to ' || sum(amount_minor)
                  from postings group by order_id, stream_version having sum(amount_minor) <> 0
                  union all
                  select order_id, 'postings without a ledger'
                  from books where order_id not in (select order_id from ledgers)
                  """),
          new Rule(
              "M2",
              "select count(*) from postings",
              """
              select order_id, account || ' is ' || balance || ' after version ' || stream_version
              from (
                select order_id, account, stream_version, sum(amount_minor)
                  over (partition by order_id, account order by stream_version) as balance
                from postings
              ) running
              where balance < 0 and account <> 'OUTSIDE' or balance > 0 and account = 'OUTSIDE'
              """),
          new Rule(
              "M3",
              "select count(*) from refunds",
              """
              select (array_agg(order_id))[1], cause_type || ' ' || cause_id || ' refunded '
                || count(*) || ' times'
              from refunds group by cause_type, cause_id having count(*) > 1
              """),
          new Rule(
              "M4",
              "select count(*) from ledgers where cancellation = 'BEFORE_PAYMENT'",
              BOOKS
                  + """
                  select order_id, 'captured ' || captured || ', refunded ' || refunded
                    || ', paid out ' || seller
                  from held
                  where cancellation = 'BEFORE_PAYMENT'
                    and (seller <> 0 or reserved = 0 and captured <> refunded)
                  """),
          new Rule(
              "M5",
              "select count(*) from ledgers where cancellation = 'AFTER_PAYMENT'",
              BOOKS
                  + """
                  select order_id, 'captured ' || captured || ', refunded ' || refunded
                    || ', paid out ' || seller
                  from held
                  where cancellation = 'AFTER_PAYMENT' and reserved = 0
                    and captured <> refunded + seller
                  """),
          new Rule(
              "M6",
              "select count(*) from ledgers where after_sale_closed",
              BOOKS
                  + """
                  select order_id, 'captured ' || captured || ', refunded ' || refunded
                    || ', paid out ' || seller
                  from held
                  where after_sale_closed and reserved = 0 and captured <> refunded + seller
                  """),
          new Rule(
              "M8",
              "select count(*) from postings",
              """
              select null::uuid, 'all postings sum to ' || sum(amount_minor)
              from postings having sum(amount_minor) <> 0
              union all
              select null::uuid, 'all balances sum to ' || sum(outside_minor + escrow_minor
                + reserved_minor + wallet_minor + vouchers_minor + seller_minor)
              from ledgers having sum(outside_minor + escrow_minor + reserved_minor + wallet_minor
                + vouchers_minor + seller_minor) <> 0
              """));

  private final DataSource dataSource;

  Invariants(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  List<Finding> check() {
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(ISOLATION);
      connection.setReadOnly(true);
      try {
        var findings = new ArrayList<Finding>();
        for (var rule : RULES) findings.add(check(connection, rule));
        return findings;
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the books cannot be read", e);
    }
  }

  private static Finding check(Connection connection, Rule rule) throws SQLException {
    var failures = new ArrayList<Failure>();
    try (var statement = connection.createStatement()) {
      statement.setMaxRows(FAILURES_MAX);
      try (var rows = statement.executeQuery(rule.broken())) {
        while (rows.next()) {
          var orderId = rows.getObject(1, UUID.class);
          failures.add(
              new Failure(orderId == null ? null : new OrderId(orderId), rows.getString(2)));
        }
      }
      try (var rows = statement.executeQuery(rule.counted())) {
        rows.next();
        return new Finding(rule.id(), failures.isEmpty(), rows.getLong(1), failures);
      }
    }
  }
}
