package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.platform.problem.Refusal;
import java.util.List;
import java.util.stream.Stream;

/** How long a new token may live. */
enum Lifetime {
    MONTH(30, "In 30 days"),
    QUARTER(90, "In 90 days"),
    YEAR(365, "In a year");

    private final int days;
    private final String word;

    Lifetime(int days, String word) {
        this.days = days;
        this.word = word;
    }

    /** @throws Refusal.Invalid when it is none of those offered */
    static int days(String text) {
        return Stream.of(values())
                .filter(lifetime -> String.valueOf(lifetime.days).equals(text))
                .findFirst()
                .map(lifetime -> lifetime.days)
                .orElseThrow(() -> Refusal.invalidField("/lifetime", "Choose one of the offered times."));
    }

    static List<Choice> choices() {
        return Stream.concat(
                        Stream.of(values())
                                .map(lifetime ->
                                        new Choice(String.valueOf(lifetime.days), lifetime.word, lifetime == QUARTER)),
                        Stream.of(new Choice("", "Never", false)))
                .toList();
    }
}
