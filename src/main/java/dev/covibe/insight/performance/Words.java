package dev.covibe.insight.performance;

import dev.covibe.agents.prices.Dollars;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** Numbers as the sentences of reports say them. */
public final class Words {

    private Words() {}

    /**
     * One digit behind the point below 10 %, where it matters. Pages write shares by this as well: a figure reads the same
     * wherever it stands.
     */
    public static String percent(double share) {
        long tenths = Math.round(share * 1000);
        if (tenths == 0 && share > 0) {
            return "< 0.1 %";
        }
        return Math.abs(tenths) < 100 && tenths % 10 != 0
                ? String.format(Locale.ENGLISH, "%.1f %%", tenths / 10.0)
                : Math.round(share * 100) + " %";
    }

    static String dollars(double nanos) {
        return Dollars.text(BigDecimal.valueOf(nanos).toBigInteger());
    }

    static String time(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        if (time.toDays() > 0) {
            return time.toDays() + " d" + (time.toHoursPart() == 0 ? "" : " " + time.toHoursPart() + " h");
        }
        return time.toHours() > 0
                ? time.toHours() + " h" + (time.toMinutesPart() == 0 ? "" : " " + time.toMinutesPart() + " min")
                : time.toMinutes() + " min";
    }

    static String number(double value) {
        return Math.abs(value - Math.rint(value)) < 0.05
                ? String.format(Locale.ENGLISH, "%,.0f", value)
                : String.format(Locale.ENGLISH, "%,.1f", value);
    }

    static String count(long count, String one, String many) {
        return String.format(Locale.ENGLISH, "%,d %s", count, count == 1 ? one : many);
    }
}
