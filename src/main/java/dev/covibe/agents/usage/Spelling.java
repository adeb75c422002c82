package dev.covibe.agents.usage;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The few words that are taken from what agents send, and how they may be spelt. What is spelt otherwise could be
 * anything (a sentence, a path, an address), so it is not kept.
 */
public final class Spelling {

    /** What stands where a model's name was not one. */
    public static final String UNKNOWN_MODEL = "unknown";

    private static final Pattern MODEL = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9._:+-]{0,60}(?:/[A-Za-z0-9][A-Za-z0-9._:+-]{0,60}){0,3}(?:@[0-9]{6,8})?(?:\\[[A-Za-z0-9]{1,8}])?");
    private static final int LONGEST_MODEL = 100;
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9._-]{0,39}");
    private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,79}");
    private static final Pattern ERROR_CLASS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
    private static final Pattern EXTERNAL_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,119}");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,59}");

    private Spelling() {}

    public static Optional<String> model(String text) {
        return fits(text, MODEL).filter(model -> model.length() <= LONGEST_MODEL);
    }

    public static Optional<String> provider(String text) {
        return fits(text.toLowerCase(Locale.ROOT), PROVIDER);
    }

    public static Optional<String> tool(String text) {
        return fits(text, TOOL);
    }

    public static Optional<String> errorClass(String text) {
        return fits(text, ERROR_CLASS);
    }

    /** A vendor's session id. */
    public static Optional<String> externalId(String text) {
        return fits(text, EXTERNAL_ID);
    }

    public static Optional<String> version(String text) {
        return fits(text, VERSION);
    }

    private static Optional<String> fits(String text, Pattern pattern) {
        return pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}
