package marketplace.seller.api;

import static marketplace.seller.view.ReliabilityView.percent;

import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import marketplace.seller.view.ReliabilityView;
import marketplace.seller.view.ReliabilityView.Figures;

/// Works out from the service's own tables how a seller has dealt with his orders (domain, section
/// 11).
@Singleton
class Reliability {
  private static final String FIGURES =
      """
      with asked as (select ?::uuid as seller_id, ?::timestamptz as since),
      orders as (
        select
          exists (select from shipments s where s.order_id = o.order_id) as shipped,
          exists (
            select from penalties p
            where p.seller_id = o.seller_id and p.order_id = o.order_id
              and p.code = 'SHIP_DEADLINE_MISSED') as missed
        from seller_orders o join asked using (seller_id)
        where o.opened_at >= asked.since),
      requests as (
        select e.outcome, e.reply_seconds
        from request_ends e join asked using (seller_id) where e.ended_at >= asked.since),
      replies as (
        select r.reply_seconds
        from message_replies r join asked using (seller_id) where r.replied_at >= asked.since),
      reviewed as (
        select r.stars
        from reviews r join asked using (seller_id) where r.reviewed_at >= asked.since)
      select
        (select count(*) from orders) as orders,
        (select count(*) from orders where shipped or missed) as due,
        (select count(*) from orders where shipped and not missed) as on_time,
        (select count(*) from penalties p join asked using (seller_id)
          where p.at >= asked.since and p.code = 'DISPUTE_LOST') as lost,
        (select percentile_disc(0.5) within group (order by reply_seconds)
          from replies) as median_to_messages,
        (select round(avg(stars), 1) from reviewed) as stars,
        count(*) as ended,
        count(*) filter (where outcome = 'APPROVED') as approved,
        count(*) filter (where outcome = 'TIMED_OUT') as timed_out,
        count(*) filter (where outcome = 'SHIPPED') as shipped,
        percentile_disc(0.5) within group (order by reply_seconds)::bigint as median,
        percentile_disc(0.95) within group (order by reply_seconds)::bigint as slow
      from requests
      """;

  private final DataSource dataSource;

  Reliability(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  ReliabilityView of(UUID sellerId, Instant now) {
    var since = now.minus(Duration.ofDays(ReliabilityView.DAYS));
    try (var connection = dataSource.getConnection();
        var known = connection.prepareStatement("select 1 from sellers where seller_id = ?");
        var figures = connection.prepareStatement(FIGURES)) {
      known.setObject(1, sellerId);
      try (var row = known.executeQuery()) {
        if (!row.next()) throw new NotFoundException();
      }
      figures.setObject(1, sellerId);
      figures.setObject(2, since.atOffset(ZoneOffset.UTC));
      try (var row = figures.executeQuery()) {
        row.next();
        var enough = row.getLong("orders") >= ReliabilityView.ORDERS_MIN;
        return new ReliabilityView(since, enough ? figures(row) : null);
      }
    } catch (SQLException e) {
      throw Tables.unavailable(e);
    }
  }

  private static Figures figures(ResultSet row) throws SQLException {
    var orders = row.getLong("orders");
    var ended = row.getLong("ended");
    return new Figures(
        orders,
        percent(row.getLong("approved"), ended),
        percent(row.getLong("timed_out"), ended),
        percent(row.getLong("shipped"), ended),
        row.getObject("median", Long.class),
        row.getObject("slow", Long.class),
        row.getObject("median_to_messages", Long.class),
        percent(row.getLong("on_time"), row.getLong("due")),
        percent(row.getLong("lost"), orders),
        row.getBigDecimal("stars"));
  }
}
