package dev.covibe.console.charts;

/**
 * How much of a target is reached.
 *
 * @param width 0 to 100
 * @param value in words; "Not told" where nothing is known
 * @param target in words
 * @param tone "ok", "warn", "bad", or empty where nothing is known
 * @param word the same as the tone, for those who do not see colours
 */
public record Meter(String label, double width, String value, String target, String tone, String word) {

    /** @param attained 0 to 1 */
    public static Meter of(String label, double attained, String value, String target) {
        double width = Math.round(Math.clamp(attained, 0, 1) * 1000) / 10.0;
        String tone = tone(attained);
        return new Meter(
                label,
                width,
                value,
                target,
                tone,
                switch (tone) {
                    case "ok" -> "met";
                    case "warn" -> (int) width + " % of the way";
                    default -> "not met";
                });
    }

    /** @param attained 0 to 1 */
    public static String tone(double attained) {
        return attained >= 1 ? "ok" : attained >= 0.5 ? "warn" : "bad";
    }

    public static Meter unknown(String label, String target) {
        return new Meter(label, 0, "Not told", target, "", "not known");
    }
}
