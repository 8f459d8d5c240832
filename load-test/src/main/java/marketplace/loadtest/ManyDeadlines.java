package marketplace.loadtest;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import marketplace.loadtest.Load.Result;

/// 100 000 unpaid orders whose time is over at the same instant, while buyers go on ordering.
final class ManyDeadlines {
  private static final int ORDERS = 100_000;
  private static final int RATE = 200;
  private static final int CALLERS = 64;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration BESIDE = Duration.ofSeconds(15);

  private final Platform platform;
  private final Shop shop;
  private final Report report;

  ManyDeadlines(Platform platform, Shop shop, Report report) {
    this.platform = platform;
    this.shop = shop;
    this.report = report;
  }

  void measure() throws Exception {
    try (var buyer = shop.new Buyer();
        var database = platform.connect(platform.database("order"))) {
      Load.open(RATE, CALLERS, WARM_UP, shop::placing);
      fire(database, prepare(database, buyer, ORDERS / 4), ORDERS / 4);

      var due = prepare(database, buyer, ORDERS);
      var quiet = Load.open(RATE, CALLERS, BESIDE, shop::placing);
      var fired = CompletableFuture.supplyAsync(() -> fire(database, due, ORDERS));
      var busy = Load.open(RATE, CALLERS, BESIDE, shop::placing);
      tell(fired.join(), quiet, busy);
    }
  }

  /// So many orders of which nothing is told any more, and that end at the same instant.
  private Instant prepare(Connection database, Shop.Buyer buyer, int orders)
      throws IOException, SQLException {
    var sample = buyer.place();
    var due = dueAt(database, sample);
    copy(database, sample, orders);
    platform.awaitPublished();
    return due;
  }

  /// @return seconds until none of them was due any more
  private double fire(Connection database, Instant due, int orders) {
    var begin = System.nanoTime();
    platform.setClock(due, 1);
    Platform.await("all deadlines fired", () -> count(database, DUE, due) == 0);
    var seconds = (System.nanoTime() - begin) / 1e9;
    requireOnTime(database, due, orders);
    return seconds;
  }

  private void tell(double seconds, Result quiet, Result busy) {
    report.line(
        "%,d deadlines due at once: %,.0f streams/s decided and stored (wanted 5,000)",
        ORDERS, ORDERS / seconds);
    report.line("  place-order at %d/s before: %s", RATE, quiet.percentiles());
    report.line(
        "  place-order at %d/s beside them: %s; p99 × %.1f (wanted at most 2)",
        RATE, busy.percentiles(), busy.millis(0.99) / quiet.millis(0.99));
    report.figure("deadlines.rate", ORDERS / seconds);
    report.figure("deadlines.p99.ratio", busy.millis(0.99) / quiet.millis(0.99));
  }

  private static Instant dueAt(Connection database, String order) throws SQLException {
    try (var statement =
        database.prepareStatement("select due_at from deadline where stream = ?")) {
      statement.setString(1, "order-" + order);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getTimestamp(1).toInstant();
      }
    }
  }

  /// The sample again and again, with everything but its answer, under other ids.
  private static void copy(Connection database, String sample, int orders) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute("drop table if exists copies");
      statement.execute(
          "create temporary table copies as select gen_random_uuid() as id from generate_series(2, %d)"
              .formatted(orders));
      for (var table : List.of("event", "deadline", "order_summaries")) {
        statement.execute(
            """
            do $$
            declare columns text;
            begin
              create temporary table sampled on commit drop as
              select to_jsonb(t)::text as text from %1$s t where t::text like '%%%2$s%%';
              select string_agg(quote_ident(column_name), ', ') into columns
              from information_schema.columns
              where table_schema = 'public' and table_name = '%1$s'
                and column_name not in ('position', 'xid');
              execute format(
                'insert into %1$s (%%1$s) select %%1$s from copies, sampled, jsonb_populate_record(
                   null::%1$s,
                   replace(text, ''%2$s'', id::text)::jsonb
                     || jsonb_build_object(''event_id'', gen_random_uuid()))', columns);
            end $$
            """
                .formatted(table, sample));
      }
    }
  }

  /// One is enough to know: to count them all again and again would be a load of its own.
  private static final String DUE =
      "select count(*) from (select from deadline where due_at <= ?::timestamptz limit 1) due";

  private static final String CANCELLED =
      "select count(*) from event where type like 'order.cancelled%' and time = ?::timestamptz";

  /// Each at its own instant: not early, and whenever it was noticed, not late.
  private static void requireOnTime(Connection database, Instant due, int orders) {
    var onTime = count(database, CANCELLED, due);
    if (onTime < orders) {
      throw new IllegalStateException("%d of %d orders ended at %s".formatted(onTime, orders, due));
    }
  }

  private static long count(Connection database, String sql, Instant at) {
    try (var statement = database.prepareStatement(sql)) {
      statement.setString(1, at.toString());
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }
}
