package marketplace.edge.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Where webhooks may lead: to public addresses only. Otherwise whoever registers one could make
/// this service talk to its neighbours, which trust it.
final class Destinations {
  static final int URL_CHARS_MAX = 2_000;

  private static final int PORT_MAX = 65_535;
  private static final Set<String> SCHEMES = Set.of("http", "https");

  /// This host, private, shared by providers, loopback, link-local, for protocols, documentation
  /// and benchmarks, multicast, reserved, broadcast. An IPv4 address in the form of IPv6 is an IPv4
  /// address.
  private static final List<Network> NOT_PUBLIC =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              // Teredo and others that carry an IPv4 address somewhere, and documentation.
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "3fff::/20")
          .map(Network::parse)
          .toList();

  /// All public addresses of IPv6 are here. Loopback, link-local, unique-local and multicast ones,
  /// and those that a gateway makes IPv4 addresses of, are not.
  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  private final List<Network> allowed;
  private final Names names;

  /// Who knows the addresses of names.
  @FunctionalInterface
  interface Names {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  /// @param allowed networks that need not be public
  Destinations(List<Network> allowed, Names names) {
    this.allowed = List.copyOf(allowed);
    this.names = names;
  }

  /// The URL may not be used, and the message says why.
  static final class RefusedException extends Exception {
    RefusedException(String message) {
      super(message);
    }
  }

  /// Reads a URL without asking whose it is.
  static URI parse(String text) throws RefusedException {
    if (text.length() > URL_CHARS_MAX) {
      throw new RefusedException("must have at most " + URL_CHARS_MAX + " characters");
    }
    try {
      var url = new URI(text);
      if (url.getScheme() == null || !SCHEMES.contains(url.getScheme())) {
        throw new RefusedException("must begin with http:// or https://");
      }
      if (url.getHost() == null || url.getPort() == 0 || url.getPort() > PORT_MAX) {
        throw new RefusedException("must name a host, and a port from 1 to 65535 or none");
      }
      if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
        throw new RefusedException("must have neither user nor fragment");
      }
      return url;
    } catch (URISyntaxException e) {
      throw new RefusedException("is no URL: " + e.getReason());
    }
  }

  /// The address to connect to. To be asked for each connection anew, and then used: a name may
  /// lead somewhere else a moment later.
  InetAddress addressOf(URI url) throws RefusedException {
    var host = hostOf(url);
    try {
      var addresses = names.addressesOf(host);
      for (var address : addresses) {
        if (!mayBeReached(address))
          throw new RefusedException("leads to an address that is not public");
      }
      return addresses[0];
    } catch (UnknownHostException _) {
      throw new RefusedException("names a host that nobody knows");
    }
  }

  /// Without the brackets of an IPv6 address.
  static String hostOf(URI url) {
    var host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private boolean mayBeReached(InetAddress address) {
    return isPublic(address) || allowed.stream().anyMatch(network -> network.contains(address));
  }

  static boolean isPublic(InetAddress address) {
    if (address instanceof Inet6Address && !GLOBAL_UNICAST.contains(address)) return false;
    return NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
  }
}
