package marketplace.edge.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// A block of addresses, such as `10.0.0.0/8`: all whose first bits are those of `first`.
record Network(InetAddress first, int bits) {
  /// @throws IllegalArgumentException for anything that is no address, slash and number of bits
  static Network parse(String text) {
    var slash = text.indexOf('/');
    // Without a colon, only digits and dots: nothing that a name server would be asked for.
    var isLiteral =
        slash > 0 && text.substring(0, slash).matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    try {
      if (isLiteral) {
        var first = InetAddress.getByName(text.substring(0, slash));
        var bits = Integer.parseInt(text.substring(slash + 1));
        if (bits >= 0 && bits <= first.getAddress().length * Byte.SIZE) {
          return new Network(first, bits);
        }
      }
    } catch (UnknownHostException | NumberFormatException _) {
      // told below
    }
    throw new IllegalArgumentException("a network must be like 10.0.0.0/8, was " + text);
  }

  boolean contains(InetAddress address) {
    var own = first.getAddress();
    var other = address.getAddress();
    if (own.length != other.length) return false;
    for (var bit = 0; bit < bits; bit++) {
      var mask = 0x80 >> bit % Byte.SIZE;
      if ((own[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) return false;
    }
    return true;
  }
}
