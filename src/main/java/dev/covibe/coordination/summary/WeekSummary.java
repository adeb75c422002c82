package dev.covibe.coordination.summary;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.agents.usage.UsageTotals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a workspace did in a week (CRD-7). Each section has the first {@value SummaryQueries#MOST} of {@code figures}.
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
        Spending spending,
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

    /**
     * What agents used on the week's days.
     *
     * @param dollars all cost together, to the cent
     * @param estimatedDollars the part of it that agents only said of themselves
     * @param tokens every token once
     * @param unpricedTokens the part of them that has no price, and so no cost
     */
    @RegisterForReflection
    public record Spending(BigDecimal dollars, BigDecimal estimatedDollars, long tokens, long unpricedTokens) {

        static Spending of(UsageTotals used) {
            return new Spending(
                    used.cost().setScale(2, RoundingMode.HALF_UP),
                    new BigDecimal(used.estimatedNanos(), 9).setScale(2, RoundingMode.HALF_UP),
                    used.tokens(),
                    used.unpricedTokens());
        }
    }

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
