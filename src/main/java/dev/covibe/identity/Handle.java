package dev.covibe.identity;

import dev.covibe.platform.problem.Refusal;
import java.util.Locale;
import java.util.regex.Pattern;

/** The short name of a developer, unique in the tenant, written {@code @lin}. */
public final class Handle {

    private static final Pattern FORM = Pattern.compile("^[a-z0-9][a-z0-9-]{0,38}$");
    private static final int LONGEST_MADE = 32;

    private Handle() {}

    /** @throws Refusal.Invalid when it has other than letters, digits and dashes, or is too long */
    public static String of(String typed) {
        String wanted = typed.strip().toLowerCase(Locale.ROOT).replaceFirst("^@", "");
        if (!FORM.matcher(wanted).matches()) {
            throw Refusal.invalidField(
                    "/handle", "A handle has 1 to 39 letters, digits or dashes and starts with a letter or digit.");
        }
        return wanted;
    }

    /**
     * A handle made of an email's first part.
     *
     * @param attempt 0 at first; later ones carry a number
     */
    public static String madeOf(String email, int attempt) {
        String base = Onboarding.slug(localPart(email));
        String cut = base.length() > LONGEST_MADE ? base.substring(0, LONGEST_MADE) : base;
        return attempt == 0 ? cut : cut + "-" + (attempt + 1);
    }

    /** What stands before the {@code @} of an email. */
    public static String localPart(String email) {
        int at = email.indexOf('@');
        return at < 0 ? email : email.substring(0, at);
    }
}
