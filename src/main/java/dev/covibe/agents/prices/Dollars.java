package dev.covibe.agents.prices;

import dev.covibe.platform.problem.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** US dollars as people and programs write them, and billionths of them as they are kept. */
public final class Dollars {

    /** How many decimals a billionth has. */
    static final int NANOS = 9;

    private static final BigDecimal CENT = new BigDecimal("0.01");
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

    /** As people read them: {@code $1,234.56}, and {@code < $0.01} for what is more than nothing and less than a cent. */
    public static String text(BigInteger nanos) {
        return text(new BigDecimal(nanos, NANOS));
    }

    public static String text(BigDecimal dollars) {
        if (dollars.signum() > 0 && dollars.compareTo(CENT) < 0) {
            return "< $0.01";
        }
        return String.format(Locale.ENGLISH, "$%,.2f", dollars.setScale(2, RoundingMode.HALF_UP));
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
