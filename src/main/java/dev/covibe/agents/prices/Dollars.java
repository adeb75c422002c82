package dev.covibe.agents.prices;

import dev.covibe.platform.problem.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** US dollars as people and programs write them, and billionths of them as they are kept. */
public final class Dollars {

    private static final int NANOS = 9;
    private static final Pattern PLAIN = Pattern.compile("\\d{1,5}(\\.\\d{1,9})?");

    private Dollars() {}

    /**
     * A rate for a million tokens: {@code 3}, {@code 0.125}.
     *
     * @throws Refusal.Invalid when it is no amount from 0 to 2,000 with at most nine decimals
     */
    public static long rate(String text, String pointer) {
        String plain = text.strip().replaceFirst("^\\$", "");
        if (!PLAIN.matcher(plain).matches()) {
            throw refused(pointer);
        }
        return rate(new BigDecimal(plain), pointer);
    }

    /** @throws Refusal.Invalid when it is no amount from 0 to 2,000 with at most nine decimals */
    public static long rate(BigDecimal dollars, String pointer) {
        try {
            long nanos = dollars.movePointRight(NANOS).longValueExact();
            if (nanos < 0 || nanos > Rates.MOST) {
                throw refused(pointer);
            }
            return nanos;
        } catch (ArithmeticException inexact) {
            throw refused(pointer);
        }
    }

    private static Refusal refused(String pointer) {
        return Refusal.invalidField(
                pointer, "A rate is an amount of dollars for a million tokens, at most 2,000, such as 3 or 0.125.");
    }

    /** {@code 3}, {@code 0.125}: without zeros at the end. */
    public static BigDecimal of(long nanos) {
        return of(BigInteger.valueOf(nanos));
    }

    public static BigDecimal of(BigInteger nanos) {
        BigDecimal dollars = new BigDecimal(nanos, NANOS).stripTrailingZeros();
        return dollars.scale() < 0 ? dollars.setScale(0) : dollars;
    }
}
