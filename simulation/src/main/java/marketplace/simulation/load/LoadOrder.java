package marketplace.simulation.load;

import java.util.List;
import java.util.regex.Pattern;

/// What somebody wants to be put on the market.
public record LoadOrder(String profile, double ratePerSecond, int seconds, String mix) {
  public static final List<String> PROFILES = List.of("constant", "ramp", "burst");
  public static final double RATE_MAX = 5_000;
  public static final int SECONDS_MAX = 3_600;

  /// The program says what a mix may be; here only what could be taken for something else.
  public static final Pattern MIX = Pattern.compile("[a-z][a-z0-9=,-]{0,199}");

  List<String> arguments() {
    return List.of(
        "--profile",
        profile,
        "--rate",
        Double.toString(ratePerSecond),
        "--for",
        seconds + "s",
        "--mix",
        mix);
  }
}
