package dev.covibe.platform.web;

/**
 * A cell of a CSV file that a person opens in a spreadsheet. Whoever names a thing {@code =HYPERLINK(…)} must not have
 * it calculated on somebody else's machine, so such text gets an apostrophe in front, which spreadsheets do not show.
 */
public final class SafeCell {

    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    private SafeCell() {}

    public static String of(String text) {
        return !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
