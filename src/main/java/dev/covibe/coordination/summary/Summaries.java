package dev.covibe.coordination.summary;

import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.identity.Caller;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Tells what a workspace did in a week (CRD-7): rules and numbers, nothing guessed. */
@ApplicationScoped
public class Summaries {

    private static final int MOST_NEXT = 10;

    private final Transactions transactions;
    private final SummaryQueries queries;
    private final WorkQueries work;
    private final UsageQueries usage;
    private final Clock clock;

    Summaries(Transactions transactions, SummaryQueries queries, WorkQueries work, UsageQueries usage, Clock clock) {
        this.transactions = transactions;
        this.queries = queries;
        this.work = work;
        this.usage = usage;
        this.clock = clock;
    }

    /** @param day any day of the week; empty: the running week */
    public WeekSummary week(Caller caller, Optional<LocalDate> day) {
        return transactions.in(caller.place(), () -> {
            ZoneId zone = queries.zone(caller);
            Week week = Week.of(day.orElseGet(() -> LocalDate.ofInstant(clock.instant(), zone)), zone);
            String name = queries.name(caller).orElse("Workspace");
            WeekSummary.Figures figures = queries.figures(caller, week);
            List<WeekSummary.Item> done = queries.done(caller, week);
            List<WeekSummary.Item> inProgress = queries.inProgress(caller, week);
            List<WeekSummary.Item> blocked = queries.blocked(caller, week);
            List<WeekSummary.Choice> decisions = queries.decisions(caller, week);
            List<WeekSummary.Pair> avoided = queries.overlapsAvoided(caller, week);
            List<WeekSummary.Item> next = next(caller);
            WeekSummary.Spending spending = WeekSummary.Spending.of(usage.total(caller, week.monday(), week.sunday()));
            Wording wording =
                    Wording.of(name, week, figures, spending, done, inProgress, blocked, decisions, avoided, next);
            return new WeekSummary(
                    name,
                    week.monday(),
                    week.sunday(),
                    zone.getId(),
                    figures,
                    spending,
                    done,
                    inProgress,
                    blocked,
                    decisions,
                    avoided,
                    next,
                    wording.markdown(),
                    wording.text());
        });
    }

    private List<WeekSummary.Item> next(Caller caller) {
        return work.ready(caller, MOST_NEXT).stream()
                .map(task -> new WeekSummary.Item(task.key(), task.title(), task.owner(), Optional.empty()))
                .toList();
    }
}
