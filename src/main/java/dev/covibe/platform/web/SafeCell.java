package dev.covibe.platform.web;

import java.util.regex.Pattern;

/**
 * A cell of a CSV file that a person opens in a spreadsheet. Whoever names a thing {@code =HYPERLINK(…)} must not have
 * it calculated on somebody else's machine, so such text gets an apostrophe in front, which spreadsheets do not show.
 */
public final class SafeCell {

    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r]");

    private SafeCell() {}

    public static String of(String text) {
        return FORMULA.matcher(text).lookingAt() ? "'" + text : text;
    }

    /** What {@link #of} was given: a file that is exported and imported again says the same. */
    public static String read(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }
}
