package marketplace.refund.api;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import marketplace.eventsourcing.store.StoreUnavailableException;
import marketplace.kernel.OrderId;
import org.jspecify.annotations.Nullable;

/// The money rules of domain, section 13, asked of the tables. The postings are the evidence: what
/// a ledger says of itself counts only where they say the same.
///
/// Books that nobody has touched since they were found right are right: only those of orders that
/// have changed are looked at, and those that were wrong. Each instance remembers for itself what
/// it has seen, so its first check is a full one. What somebody changes by hand is noticed in
/// `ledgers` and `postings`; in the other tables only by a full check.
@Singleton
class Invariants {
  /// A broken rule breaks for many; the first ones are enough to look at.
  static final int FAILURES_MAX = 100;

  /// When so many orders have changed, all are looked at.
  private static final int CHANGED_MAX = 20_000;

  /// One snapshot for all rules, so that an append between two queries is no failure.
  private static final int ISOLATION = Connection.TRANSACTION_REPEATABLE_READ;

  private static final List<String> IDS = List.of("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8");

  /// Stands for the orders that a check is about.
  private static final String ORDERS = "{orders}";

  /// @param checked how many ledgers, refunds or postings were looked at this time
  /// @param failures at most `FAILURES_MAX`
  record Finding(String id, boolean ok, long checked, List<Failure> failures) {}

  /// @param orderId null where the failure is of all orders together
  record Failure(@Nullable OrderId orderId, String detail) {}

  /// How far this instance has looked.
  ///
  /// @param snapshot of the database at the last check; null before the first
  /// @param broken what was wrong then
  private record Seen(@Nullable String snapshot, Set<UUID> broken) {
    /// Every transaction below it had ended by then.
    long firstUnseen() {
      var text = snapshot == null ? "0" : snapshot;
      var end = text.indexOf(':');
      return Long.parseLong(end < 0 ? text : text.substring(0, end));
    }
  }

  /// The rules that speak of a ledger as a whole, in one pass over the postings. Money that was
  /// sent again after it was lost leaves OUTSIDE a second time, so what was captured is what has
  /// come into the escrow, and what was refunded is what is with the buyer at last. As long as
  /// money is reserved, a refund is on its way and the end that M4 to M6 speak of has not come.
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
          coalesce(sum(amount_minor)
            filter (where account = 'ESCROW' and amount_minor > 0), 0) as captured,
          coalesce(-sum(amount_minor)
            filter (where account = 'ESCROW_RESERVED' and amount_minor < 0), 0) as issued
        from postings where {orders} group by order_id
      ), wallets as (
        select order_id,
          coalesce(sum(w.amount_minor) filter (where w.voucher_code is null), 0) as credit,
          coalesce(sum(w.amount_minor) filter (where w.voucher_code is not null), 0) as kept
        from refunds join wallet_entries w using (refund_id) where {orders} group by order_id
      ), held as (
        select l.*,
          coalesce(b.outside, 0) as outside, coalesce(b.escrow, 0) as escrow,
          coalesce(b.reserved, 0) as reserved, coalesce(b.wallet, 0) as wallet,
          coalesce(b.vouchers, 0) as vouchers, coalesce(b.seller, 0) as seller,
          coalesce(b.captured, 0) as captured, coalesce(b.issued, 0) as issued,
          coalesce(b.captured + b.outside + b.wallet + b.vouchers, 0) as refunded,
          coalesce(w.credit, 0) as credit, coalesce(w.kept, 0) as kept
        from (select * from ledgers where {orders}) l
          left join books b using (order_id) left join wallets w using (order_id)
      ), judged as (
        select order_id,
          captured <> escrow + reserved + refunded + seller or refunded <> issued
            or (outside_minor, escrow_minor, reserved_minor, wallet_minor, vouchers_minor,
                seller_minor, captured_minor, refunded_minor, paid_out_minor)
              <> (outside, escrow, reserved, wallet, vouchers, seller, captured, refunded, seller)
            or (wallet, vouchers) <> (credit, kept) as m1,
          cancellation = 'BEFORE_PAYMENT'
            and (seller <> 0 or reserved = 0 and captured <> refunded) as m4,
          cancellation = 'AFTER_PAYMENT' and reserved = 0
            and captured <> refunded + seller as m5,
          after_sale_closed and reserved = 0 and captured <> refunded + seller as m6,
          'balances ' || concat_ws(' ', outside_minor, escrow_minor, reserved_minor, wallet_minor,
              vouchers_minor, seller_minor)
            || ', captured ' || captured_minor || ', refunded ' || refunded_minor
            || ', paid out ' || paid_out_minor || '; postings say '
            || concat_ws(' ', outside, escrow, reserved, wallet, vouchers, seller)
            || ', captured ' || captured || ', refunded ' || refunded || '; wallets say '
            || credit || ' and ' || kept as detail
        from held
      )
      select order_id, detail, m1, m4, m5, m6 from judged where m1 or m4 or m5 or m6
      """;

  private static final String LEDGERS =
      """
      select count(*) as m1, count(*) filter (where cancellation = 'BEFORE_PAYMENT') as m4,
        count(*) filter (where cancellation = 'AFTER_PAYMENT') as m5,
        count(*) filter (where after_sale_closed) as m6
      from ledgers where {orders}
      """;

  /// @param broken selects an order, or null, and what is wrong with it
  private record Rule(String id, String counted, String broken) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "M1",
              "select 0",
              """
              select order_id, 'posting ' || stream_version || ' sums to ' || sum(amount_minor)
              from postings where {orders}
              group by order_id, stream_version having sum(amount_minor) <> 0
              union all
              select order_id, 'postings without a ledger'
              from postings where {orders} and account = 'ESCROW'
                and not exists (select from ledgers where ledgers.order_id = postings.order_id)
              """),
          new Rule(
              "M2",
              "select count(*) from postings where {orders}",
              """
              select order_id, 'after version ' || stream_version || ' the balances are '
                || concat_ws(' ', outside, escrow, reserved, wallet, vouchers, seller)
              from (
                select order_id, stream_version,
                  coalesce(sum(amount_minor) filter (where account = 'OUTSIDE') over so_far, 0)
                    as outside,
                  coalesce(sum(amount_minor) filter (where account = 'ESCROW') over so_far, 0)
                    as escrow,
                  coalesce(sum(amount_minor) filter (where account = 'ESCROW_RESERVED') over so_far,
                    0) as reserved,
                  coalesce(sum(amount_minor) filter (where account = 'BUYER_WALLET') over so_far,
                    0) as wallet,
                  coalesce(sum(amount_minor) filter (where account = 'VOUCHERS') over so_far, 0)
                    as vouchers,
                  coalesce(sum(amount_minor) filter (where account = 'SELLER') over so_far, 0)
                    as seller
                from postings where {orders}
                window so_far as (partition by order_id order by stream_version)
              ) running
              where outside > 0 or least(escrow, reserved, wallet, vouchers, seller) < 0
              """),
          new Rule(
              "M3",
              "select count(*) from refunds where {orders}",
              """
              select (array_agg(order_id))[1], cause_type || ' ' || cause_id || ' refunded '
                || count(*) || ' times'
              from refunds where {orders} group by cause_type, cause_id having count(*) > 1
              """),
          new Rule(
              "M7",
              "select count(*) from payouts where why = 'AFTER_SALE_CLOSED' and {orders}",
              """
              select p.order_id, 'paid out at version ' || p.stream_version || ' with case '
                || opening.case_id || ' open'
              from (select * from payouts where why = 'AFTER_SALE_CLOSED' and {orders}) p
                join case_notes opening on opening.order_id = p.order_id and opening.opened
                  and opening.stream_version < p.stream_version
              where not exists (
                select from case_notes ending
                where ending.order_id = p.order_id and ending.case_id = opening.case_id
                  and not ending.opened and ending.stream_version < p.stream_version)
              """),
          new Rule(
              "M8",
              "select count(*) from postings where {orders}",
              // Orders that are left out here sum to zero: they were looked at before.
              """
              select null::uuid, 'all postings sum to ' || sum(amount_minor)
              from postings where {orders} having sum(amount_minor) <> 0
              union all
              select null::uuid, 'all balances sum to ' || sum(outside_minor + escrow_minor
                + reserved_minor + wallet_minor + vouchers_minor + seller_minor)
              from ledgers where {orders} having sum(outside_minor + escrow_minor + reserved_minor
                + wallet_minor + vouchers_minor + seller_minor) <> 0
              """));

  private final DataSource dataSource;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private Seen seen = new Seen(null, Set.of());

  Invariants(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /// @param full whether orders that have not changed are looked at too
  List<Finding> check(boolean full) {
    oneAtATime.lock();
    try (var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(ISOLATION);
      connection.setReadOnly(true);
      try {
        var snapshot = snapshot(connection);
        var orders = full ? null : changed(connection);
        var findings = new Check(connection, orders).findings();
        remember(snapshot, findings);
        return findings;
      } finally {
        connection.rollback();
        connection.setReadOnly(false);
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("the books cannot be read", e);
    } finally {
      oneAtATime.unlock();
    }
  }

  private static String snapshot(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select pg_current_snapshot()::text")) {
      rows.next();
      return rows.getString(1);
    }
  }

  /// The orders that have to be looked at; null where that is all of them. A transaction that was
  /// still open at the last check is not missed, whatever its number.
  private @Nullable Set<UUID> changed(Connection connection) throws SQLException {
    if (seen.snapshot() == null) return null;
    var orders = new LinkedHashSet<>(seen.broken());
    try (var statement =
        connection.prepareStatement(
            """
            select order_id from ledgers where changed_in >= ?
              and not pg_visible_in_snapshot(changed_in::text::xid8, ?::pg_snapshot)
            limit ?
            """)) {
      statement.setLong(1, seen.firstUnseen());
      statement.setString(2, seen.snapshot());
      statement.setInt(3, CHANGED_MAX + 1);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) orders.add(rows.getObject(1, UUID.class));
      }
    }
    return orders.size() > CHANGED_MAX ? null : orders;
  }

  /// Where there may be more failures than are told, the next check begins where this one did.
  private void remember(String snapshot, List<Finding> findings) {
    if (findings.stream().anyMatch(finding -> finding.failures().size() >= FAILURES_MAX)) return;
    var broken = new LinkedHashSet<UUID>();
    for (var finding : findings) {
      for (var failure : finding.failures()) {
        if (failure.orderId() != null) broken.add(failure.orderId().value());
      }
    }
    seen = new Seen(snapshot, broken);
  }

  /// One look at the books.
  private static final class Check {
    private final Connection connection;
    private final @Nullable Set<UUID> orders;
    private final Map<String, Long> counted = new LinkedHashMap<>();
    private final Map<String, List<Failure>> failures = new LinkedHashMap<>();

    Check(Connection connection, @Nullable Set<UUID> orders) {
      this.connection = connection;
      this.orders = orders;
      for (var id : IDS) {
        counted.put(id, 0L);
        failures.put(id, new ArrayList<>());
      }
    }

    List<Finding> findings() throws SQLException {
      each(
          LEDGERS,
          row -> {
            for (var id : List.of("M1", "M4", "M5", "M6")) count(id, row.getLong(id));
          });
      each(
          BOOKS,
          row -> {
            for (var id : List.of("M1", "M4", "M5", "M6")) {
              if (row.getBoolean(id)) fail(id, row);
            }
          });
      for (var rule : RULES) {
        each(rule.counted(), row -> count(rule.id(), row.getLong(1)));
        each(rule.broken(), row -> fail(rule.id(), row));
      }
      return IDS.stream()
          .map(id -> {
            var found = List.copyOf(failures.getOrDefault(id, List.of()));
            return new Finding(id, found.isEmpty(), counted.getOrDefault(id, 0L), found);
          })
          .toList();
    }

    private void count(String id, long number) {
      counted.merge(id, number, Long::sum);
    }

    private void fail(String id, ResultSet row) throws SQLException {
      var found = failures.computeIfAbsent(id, _ -> new ArrayList<>());
      if (found.size() == FAILURES_MAX) return;
      var orderId = row.getObject(1, UUID.class);
      found.add(new Failure(orderId == null ? null : new OrderId(orderId), row.getString(2)));
    }

    @FunctionalInterface
    private interface RowReader {
      void read(ResultSet row) throws SQLException;
    }

    private void each(String sql, RowReader reader) throws SQLException {
      var text = sql.replace(ORDERS, orders == null ? "true" : "order_id = any(?)");
      try (var statement = connection.prepareStatement(text)) {
        statement.setFetchSize(FAILURES_MAX);
        statement.setMaxRows(FAILURES_MAX * IDS.size());
        name(statement);
        try (var rows = statement.executeQuery()) {
          while (rows.next()) reader.read(rows);
        }
      }
    }

    private void name(PreparedStatement statement) throws SQLException {
      if (orders == null) return;
      var ids = connection.createArrayOf("uuid", orders.toArray());
      var parameters = statement.getParameterMetaData().getParameterCount();
      for (var parameter = 1; parameter <= parameters; parameter++) {
        statement.setArray(parameter, ids);
      }
    }
  }
}
