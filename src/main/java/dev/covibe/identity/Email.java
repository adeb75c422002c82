package dev.covibe.identity;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address by which a person is known: small letters, at most 254 characters. Whether it works, only a mail could tell. */
public final class Email {

    private static final Pattern FORM = Pattern.compile("^[^@\\s]{1,64}@[^@\\s]{1,189}$");

    private Email() {}

    /** Empty when it is none. */
    public static Optional<String> read(String said) {
        return Optional.of(said.strip().toLowerCase(Locale.ROOT))
                .filter(text -> FORM.matcher(text).matches());
    }
}
