package marketplace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where webhooks may lead, and where not. Names are made up, and nobody is asked for them.
class DestinationsTest {
  private static final Destinations PUBLIC = new Destinations(List.of(), DestinationsTest::look);

  /// Only literal addresses and two names are known here.
  private static InetAddress[] look(String host) throws UnknownHostException {
    return switch (host) {
      case "shop.test" -> addresses("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946");
      case "half.test" -> addresses("93.184.216.34", "10.0.0.1");
      case "none.test" -> throw new UnknownHostException(host);
      default -> InetAddress.getAllByName(host);
    };
  }

  private static InetAddress[] addresses(String... literals) throws UnknownHostException {
    var found = new InetAddress[literals.length];
    for (var i = 0; i < literals.length; i++) found[i] = InetAddress.getByName(literals[i]);
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://100.64.0.1/",
        "http://127.0.0.1/",
        "http://127.255.255.254:8080/",
        "http://2130706433/",
        "http://169.254.169.254/latest/meta-data",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.0.0.8/",
        "http://192.168.1.1/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
        "http://239.255.255.255/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://[::]/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fc00::1]/",
        "http://[fdff::1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[ff02::1]/",
        "http://[2001::1]/",
        "http://[2001:db8::1]/",
        "http://[2002:7f00:1::]/",
        "http://half.test/"
      })
  void not_to_an_address_that_is_not_public(String url) throws Exception {
    var destination = Destinations.parse(url);
    assertThatThrownBy(() -> PUBLIC.addressOf(destination))
        .hasMessage("leads to an address that is not public");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop.test/events",
        "http://93.184.216.34/",
        "http://172.32.0.1/",
        "http://100.128.0.1:8080/",
        "http://[2606:2800:220:1:248:1893:25c8:1946]/"
      })
  void to_a_public_one(String url) throws Exception {
    assertThat(Destinations.isPublic(PUBLIC.addressOf(Destinations.parse(url)))).isTrue();
  }

  @Test
  void to_what_is_allowed_expressly() throws Exception {
    var destinations =
        new Destinations(List.of(Network.parse("10.1.0.0/16")), DestinationsTest::look);
    assertThat(destinations.addressOf(Destinations.parse("http://10.1.255.1/")))
        .isEqualTo(InetAddress.getByName("10.1.255.1"));
    assertThatThrownBy(() -> destinations.addressOf(Destinations.parse("http://10.2.0.1/")))
        .isInstanceOf(Destinations.RefusedException.class);
  }

  @Test
  void not_to_a_host_that_nobody_knows() throws Exception {
    var destination = Destinations.parse("http://none.test/");
    assertThatThrownBy(() -> PUBLIC.addressOf(destination))
        .hasMessage("names a host that nobody knows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "shop.test",
        "/events",
        "ftp://shop.test/",
        "file:///etc/passwd",
        "gopher://shop.test/",
        "HTTP:shop.test",
        "http://",
        "http://127.1/",
        "http:///events",
        "http://shop.test:0/",
        "http://shop.test:65536/",
        "http://lin:secret@shop.test/",
        "http://shop.test/#top",
        "http://shop test/"
      })
  void not_to_what_is_no_plain_URL(String url) {
    assertThatThrownBy(() -> Destinations.parse(url))
        .isInstanceOf(Destinations.RefusedException.class);
  }

  @Test
  void not_to_one_that_is_too_long() throws Exception {
    var start = "http://shop.test/";
    var longest = start + "x".repeat(Destinations.URL_CHARS_MAX - start.length());
    assertThat(Destinations.parse(longest).getHost()).isEqualTo("shop.test");
    assertThatThrownBy(() -> Destinations.parse(longest + "x"))
        .isInstanceOf(Destinations.RefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10.0.0.0",
        "10.0.0.0/33",
        "::/129",
        "10.0.0.0/-1",
        "shop.test/8",
        "10.0.0.0/x"
      })
  void a_network_is_an_address_and_a_number_of_bits(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
