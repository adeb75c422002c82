package dev.covibe.console.frame;

import dev.covibe.agents.prices.Dollars;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;

/** Money as people read it. */
public final class Money {

    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final int NANOS = 9;

    private Money() {}

    /** {@code $1,234.56}, and {@code < $0.01} for what is more than nothing and less than a cent. */
    public static String of(BigInteger nanos) {
        BigDecimal dollars = new BigDecimal(nanos, NANOS);
        if (dollars.signum() > 0 && dollars.compareTo(CENT) < 0) {
            return "< $0.01";
        }
        return String.format(Locale.ENGLISH, "$%,.2f", dollars.setScale(2, RoundingMode.HALF_UP));
    }

    /** A rate for a million tokens, whole: {@code $3.00}, {@code $0.125}. */
    public static String rate(long nanos) {
        BigDecimal dollars = Dollars.of(nanos);
        return "$" + dollars.setScale(Math.max(2, dollars.scale())).toPlainString();
    }
}
