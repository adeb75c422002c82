package dev.covibe.console.performance;

import dev.covibe.console.frame.Choice;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.performance.Span;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which days a page shows, and how to see others.
 *
 * @param path of the page
 * @param kept what else its address says, such as {@code &metric=tokens}; goes along with every change of days
 * @param ranges the offered ones; one may be current
 * @param words which days they are
 * @param before with which they are compared
 * @param query the days as an address says them: {@code range=28}
 */
public record Periodical(
        String path,
        String kept,
        List<Choice> ranges,
        String words,
        String before,
        String zone,
        String from,
        String to,
        String query,
        boolean custom) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    static Periodical of(String path, String kept, Span span, Optional<String> from) {
        boolean custom = from.filter(text -> !text.isBlank()).isPresent();
        return new Periodical(
                path,
                kept,
                Periods.OFFERED.stream()
                        .map(days -> new Choice(
                                String.valueOf(days),
                                days % 7 == 0 && days > 7 ? days / 7 + " weeks" : days + " days",
                                !custom && days == span.days()))
                        .toList(),
                words(span.from(), span.to()),
                words(span.previousFrom(), span.previousTo()),
                span.timeZone(),
                span.from().toString(),
                span.to().toString(),
                custom ? "from=" + span.from() + "&to=" + span.to() : "range=" + span.days(),
                custom);
    }

    static String words(LocalDate from, LocalDate to) {
        return (from.getYear() == to.getYear() ? DAY : YEAR).format(from) + " to " + YEAR.format(to);
    }
}
