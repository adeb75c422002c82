package dev.covibe.console.workstreams;

import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.ProgressBar;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskCounts;
import dev.covibe.work.WorkstreamView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns workstreams as the work desk reads them into what pages show. */
final class Streams {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final int RECENT_SHOWN = 3;
    private static final int NEAR_DAYS = 7;

    private Streams() {}

    static WorkstreamsView.Stream line(WorkstreamView stream, UsageTotals used, People people, Instant now) {
        TaskCounts counts = stream.counts();
        return new WorkstreamsView.Stream(
                stream.key(),
                stream.name(),
                recent(stream),
                progress(counts),
                counts.inProgress() == 0 ? "" : counts.inProgress() + " in progress",
                used.tokens() == 0 && used.costNanos().signum() == 0 ? "" : Money.of(used.costNanos()),
                due(stream.targetDate(), now),
                isLate(stream, now),
                people.who(stream.owner(), Optional.empty()),
                Integer.toHexString(Objects.hash(stream.updatedAt(), counts, stream.recent(), used)));
    }

    private static List<String> recent(WorkstreamView stream) {
        Stream<String> titles = stream.recent().isEmpty()
                ? stream.goal().lines().filter(line -> !line.isBlank()).limit(1)
                : stream.recent().stream().map(ItemRef::title);
        return titles.limit(RECENT_SHOWN).toList();
    }

    static ProgressBar progress(TaskCounts counts) {
        return ProgressBar.of(counts.done(), counts.inReview(), counts.inProgress(), counts.total());
    }

    /** The target date as one says it: "today", "in 6 d", "12 Nov". */
    static String due(Optional<LocalDate> target, Instant now) {
        LocalDate today = today(now);
        return target.map(date -> {
                    long days = ChronoUnit.DAYS.between(today, date);
                    if (days == 0) {
                        return "today";
                    }
                    if (days > 0 && days <= NEAR_DAYS) {
                        return "in " + days + " d";
                    }
                    return (date.getYear() == today.getYear() ? DAY : DAY_OF_YEAR).format(date);
                })
                .orElse("");
    }

    static boolean isLate(WorkstreamView stream, Instant now) {
        return stream.status().isOpen()
                && stream.targetDate().map(date -> date.isBefore(today(now))).orElse(false);
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
