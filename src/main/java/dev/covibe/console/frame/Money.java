package dev.covibe.console.frame;

import dev.covibe.agents.prices.Dollars;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Money as people read it. */
public final class Money {

    private Money() {}

    /** {@code $1,234.56}, and {@code < $0.01} for what is more than nothing and less than a cent. */
    public static String of(BigInteger nanos) {
        return Dollars.text(nanos);
    }

    /** A rate for a million tokens, whole: {@code $3.00}, {@code $0.125}. */
    public static String rate(long nanos) {
        BigDecimal dollars = Dollars.of(nanos);
        return "$" + dollars.setScale(Math.max(2, dollars.scale())).toPlainString();
    }
}
