package marketplace.simulation.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A story: who has what at the start, who does what when, and what is true at the end.
///
/// @param policy the policy set of its orders, but for those that name another
/// @param leavesOut what the worked example tells beside this, and why it is not here
public record Scenario(
    String name,
    String title,
    String policy,
    List<LeftOut> leavesOut,
    Given given,
    List<Step> steps,
    Finally ending) {

  /// Is this its name or its number, the beginning of its title, or that of the story of which it
  /// is a part?
  ///
  /// @param called `seller-approves`, `S02`, `s07`, `partial-refund-offer`
  boolean isCalled(String called) {
    var number = title.replaceFirst(":.*", "");
    return Stream.of(
            name, name.replaceFirst("-[a-z]$", ""), number, number.replaceFirst("[a-z]$", ""))
        .anyMatch(called::equalsIgnoreCase);
  }

  public record LeftOut(String what, String why) {}

  /// @param products by the name that the story gives them
  /// @param coupons of the buyer, by their codes
  /// @param orders placed at the start, in this order
  public record Given(
      Map<String, JsonNode> products,
      Map<String, JsonNode> coupons,
      Map<String, GivenOrder> orders) {}

  /// @param lines quantity by product
  /// @param coupon its code; null for none
  /// @param policy its policy set
  /// @param paid at once, with the method of the order?
  public record GivenOrder(
      Map<String, Integer> lines,
      long shippingFeeMinor,
      @Nullable String coupon,
      String paymentMethod,
      String policy,
      boolean paid) {}

  public enum By {
    STEP,
    LEAP
  }

  public enum Actor {
    BUYER,
    SELLER,
    CARRIER,
    PROVIDER,
    PLATFORM,
    SIMULATION
  }

  /// One moment of the story: somebody asks for something, or faults are set.
  ///
  /// @param at `+3d9h` from the start, or an instant
  /// @param operation null where only the clock moves or faults are set
  /// @param order whose ids stand in for those that `with` does not name
  /// @param inject a fact that is told as if by a service, null for none
  /// @param faults by service; these replace the earlier ones
  /// @param liveOnly only where there are tables and lists
  public record Step(
      String at,
      By by,
      Actor as,
      @Nullable String operation,
      @Nullable String order,
      Map<String, JsonNode> with,
      @Nullable String key,
      @Nullable Injected inject,
      Map<String, JsonNode> faults,
      boolean liveOnly,
      Expectation expect) {}

  /// A fact about the step's order.
  public record Injected(String topic, String type, JsonNode data) {}

  /// @param status null where any will do
  /// @param body must be part of the answer
  /// @param contains values that a list of the answer must hold, by the field's name
  /// @param lacks values that it must not hold
  public record Expectation(
      @Nullable Integer status,
      @Nullable JsonNode body,
      Map<String, List<String>> contains,
      Map<String, List<String>> lacks) {}

  /// @param at when everything is over
  /// @param events of each order, all of them, in causal order; each a name and what must be part
  ///   of its data, with `at` for its time
  /// @param orders what must be part of each order's view
  /// @param record what must be part of the seller's record
  /// @param notifications of the orders that are named, all of them
  /// @param repeats of the orders that are named: how many events at least were told again, under
  ///   the ids that they already had
  /// @param rejected facts that somebody refused: `type by reason`
  public record Finally(
      String at,
      Map<String, List<ExpectedEvent>> events,
      Map<String, JsonNode> orders,
      Map<String, Money> money,
      Map<String, Notifications> notifications,
      @Nullable JsonNode record,
      Map<String, Integer> repeats,
      List<String> rejected) {}

  /// What was told about an order, by the names of the templates, once for each time it was.
  public record Notifications(List<String> buyer, List<String> seller) {
    /// Nobody promises in which order they come.
    Notifications sorted() {
      return new Notifications(buyer.stream().sorted().toList(), seller.stream().sorted().toList());
    }
  }

  public record ExpectedEvent(String type, @Nullable String at, JsonNode data) {}

  public record Money(long capturedMinor, long refundedMinor, long paidOutMinor) {}
}
