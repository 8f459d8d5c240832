package marketplace.order.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import marketplace.eventsourcing.Aggregate;
import marketplace.eventsourcing.Answer;
import marketplace.eventsourcing.Call;
import marketplace.eventsourcing.CommandRequest;
import marketplace.eventsourcing.Outcome;
import marketplace.eventsourcing.Prepared;
import marketplace.eventsourcing.Problem;
import marketplace.eventsourcing.Problem.FieldError;
import marketplace.eventsourcing.ProblemException;
import marketplace.eventsourcing.Query;
import marketplace.kernel.BuyerId;
import marketplace.kernel.CouponId;
import marketplace.kernel.CouponIssuer;
import marketplace.kernel.SellerId;
import marketplace.order.domain.coupon.Coupon;
import marketplace.order.domain.coupon.CouponCommand;
import marketplace.order.domain.coupon.CouponCommand.GrantCoupon;
import marketplace.order.domain.coupon.CouponEvent;
import marketplace.order.domain.coupon.CouponRejection;
import marketplace.order.domain.coupon.CouponWallet;
import marketplace.order.process.CouponConsequences;
import marketplace.order.view.CouponView;

/// Coupons: granted by the platform and by sellers, looked through by their buyer.
public final class CouponRequests {
  private static final String CURRENCY_DEFAULT = "USD";

  private final Aggregate<CouponCommand, CouponWallet, CouponEvent, CouponRejection> coupons;

  public CouponRequests(
      Aggregate<CouponCommand, CouponWallet, CouponEvent, CouponRejection> coupons) {
    this.coupons = coupons;
  }

  public Prepared grantCoupon(Call call, BuyerId buyerId, JsonNode json) {
    var caller = call.caller();
    if (!caller.is("PLATFORM") && !caller.is("SELLER")) {
      throw problem(403, "FORBIDDEN", "only the platform or a seller grants coupons");
    }
    var body = Body.read(json, OrderBodies.GrantCoupon.class);
    Body.refuseIfAny(body.errors(caller.role()));
    var products = body.appliesToProductIds();
    var currency = body.currency();
    var coupon =
        new Coupon(
            new CouponId(call.ids().next()),
            body.code(),
            body.issuer(),
            body.issuer() == CouponIssuer.SELLER ? new SellerId(caller.id()) : null,
            currency == null ? CURRENCY_DEFAULT : currency,
            body.discountMinor(),
            body.minSpendMinor(),
            products == null ? List.of() : products,
            body.expiresAt().truncatedTo(ChronoUnit.MILLIS));
    return new CommandRequest<CouponCommand, CouponWallet, CouponEvent, CouponRejection>(
        CouponConsequences.stream(buyerId),
        new GrantCoupon(buyerId, coupon),
        call.trace(),
        call.expectedVersion(),
        call.idempotencyKey(),
        outcome ->
            switch (outcome) {
              case Outcome.Done<CouponWallet, CouponEvent, CouponRejection> done ->
                  new Answer(
                      201,
                      Map.of("Location", "/v1/buyers/" + buyerId + "/coupons"),
                      CouponView.of(done.state().find(coupon.couponId()).orElseThrow(), done.at()));
              case Outcome.Refused<CouponWallet, CouponEvent, CouponRejection> refused ->
                  expired(refused.at()).toAnswer();
              case Outcome.VersionMismatch<CouponWallet, CouponEvent, CouponRejection> other ->
                  Problem.of(
                          412,
                          "VERSION_MISMATCH",
                          "the coupons are at version " + other.version(),
                          other.at())
                      .toAnswer();
            });
  }

  /// A grant is refused for this reason only.
  private static Problem expired(Instant at) {
    return Problem.of(422, "INVALID", "the coupon would have expired already", at)
        .withErrors(List.of(new FieldError("/expiresAt", "IN_THE_PAST")));
  }

  public Prepared getCoupons(Call call, BuyerId buyerId) {
    if (!call.caller().is("BUYER") || !call.caller().id().equals(buyerId.value())) {
      throw problem(404, "NOT_FOUND", "there is no such buyer");
    }
    return new Query<>(
        CouponConsequences.stream(buyerId),
        coupons,
        seen ->
            Answer.of(
                200,
                seen.state().held().values().stream()
                    .map(held -> CouponView.of(held, seen.now()))
                    .toList()));
  }

  private static ProblemException problem(int status, String code, String detail) {
    return new ProblemException(Problem.of(status, code, detail, null));
  }
}
