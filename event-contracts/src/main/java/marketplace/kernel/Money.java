package marketplace.kernel;

import java.util.Currency;

/// An amount in the minor unit of its currency. Never a floating-point number.
public record Money(long minor, Currency currency) {}
