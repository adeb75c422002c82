package dev.covibe.console.frame;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a person typed into a field of a form, as the features want it. */
public final class Typed {

    private Typed() {}

    /** Empty for a field that was left blank. */
    public static Optional<String> text(String value) {
        return Optional.of(value.strip()).filter(text -> !text.isEmpty());
    }

    /** Empty for a parameter that is absent or blank. */
    public static Optional<String> text(Optional<String> value) {
        return value.flatMap(Typed::text);
    }

    /** One entry a line or after a comma, but for the commas inside the braces of a glob: {@code src/{a,b}/**} is one path. */
    public static List<String> entries(String value) {
        return Stream.of(value.split("[\\r\\n]+|,(?![^{]*})"))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .distinct()
                .toList();
    }
}
