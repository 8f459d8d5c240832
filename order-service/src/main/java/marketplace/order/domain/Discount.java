package marketplace.order.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// How what a coupon takes off is shared among the lines that it covers (domain, section 4.1).
final class Discount {
  private Discount() {}

  /// In proportion to the gross amounts, and exactly: what rounding down leaves goes, one minor
  /// unit each, to the largest remainders, the first line first.
  ///
  /// @param discount at most the sum of the gross amounts
  static List<Long> shares(long discount, List<Long> gross) {
    var sum = BigInteger.valueOf(gross.stream().mapToLong(Long::longValue).sum());
    if (discount == 0) return gross.stream().map(_ -> 0L).toList();
    List<Long> shares = new ArrayList<>();
    List<BigInteger> remainders = new ArrayList<>();
    var left = discount;
    for (var amount : gross) {
      var parts =
          BigInteger.valueOf(discount).multiply(BigInteger.valueOf(amount)).divideAndRemainder(sum);
      shares.add(parts[0].longValueExact());
      remainders.add(parts[1]);
      left -= shares.getLast();
    }
    IntStream.range(0, gross.size())
        .boxed()
        .sorted(Comparator.<Integer, BigInteger>comparing(remainders::get).reversed())
        .limit(left)
        .forEach(line -> shares.set(line, shares.get(line) + 1));
    return List.copyOf(shares);
  }
}
