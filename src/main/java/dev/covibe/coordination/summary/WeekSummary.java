package dev.covibe.coordination.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a workspace did in a week (CRD-7). What it cost belongs into the figures, from {@code agents.usage}. Each section has the first {@value SummaryQueries#MOST} of {@code figures}.
 *
 * @param from its Monday
 * @param to its Sunday
 * @param markdown the whole as Markdown; the same data gives the same words
 * @param text the same without marks
 */
@RegisterForReflection
public record WeekSummary(
        String workspace,
        LocalDate from,
        LocalDate to,
        String timeZone,
        Figures figures,
        List<Item> done,
        List<Item> inProgress,
        List<Item> blocked,
        List<Choice> decisions,
        List<Pair> overlapsAvoided,
        List<Item> next,
        String markdown,
        String text) {

    /** Counted up to 1,000 each. */
    @RegisterForReflection
    public record Figures(int done, int cancelled, int inProgress, int blocked, int decisions, int overlapsAvoided) {}

    /** @param note what came of it, or what it waits for; one line */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Item(String key, String title, Optional<String> owner, Optional<String> note) {}

    @RegisterForReflection
    public record Choice(String question, String choice, String by) {}

    /** Two pieces of work that somebody said are the same. */
    @RegisterForReflection
    public record Pair(String one, String other, String by) {}
}
