package dev.covibe.insight.analytics;

import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.CompletionFigures;
import dev.covibe.insight.facts.Fact;
import dev.covibe.insight.facts.Facts;
import dev.covibe.insight.facts.Labels;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.SessionFigures;
import dev.covibe.insight.facts.Slice;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the daily facts together for a range and a grouping (CON-5): one query for each fact, all of one moment. */
@ApplicationScoped
public class Analytics {

    private final Facts facts;
    private final Labels labels;
    private final Sql sql;

    Analytics(Facts facts, Labels labels, Sql sql) {
        this.facts = facts;
        this.labels = labels;
        this.sql = sql;
    }

    public Report report(Caller caller, Period period, Grouping by) {
        return facts.together(caller, () -> {
            List<Fact<UsageTotals>> used = facts.usage(caller, period, Slice.DAILY);
            List<Report.Day> days = used.stream()
                    .map(fact -> new Report.Day(
                            fact.day().orElseThrow(),
                            fact.figures().costNanos(),
                            fact.figures().tokens()))
                    .toList();
            return new Report(
                    period.from(),
                    period.to(),
                    period.calendar().zone().getId(),
                    by.key(),
                    total(caller, period, Facts.total(used)),
                    total(caller, period.previous()),
                    health(caller, period),
                    rows(caller, period, by),
                    days);
        });
    }

    /** The sum of everything in some days. */
    public Report.Figures total(Caller caller, Period period) {
        return total(caller, period, facts.usage(caller, period));
    }

    private Report.Figures total(Caller caller, Period period, UsageTotals used) {
        return figures(used, facts.sessions(caller, period), Optional.of(facts.completions(caller, period)));
    }

    private static Report.Figures figures(
            UsageTotals usage, SessionFigures sessions, Optional<CompletionFigures> completions) {
        return new Report.Figures(
                usage.costNanos(),
                usage.estimatedNanos(),
                usage.tokens(),
                sessions.sessions(),
                completions.map(CompletionFigures::tasks),
                completions.flatMap(CompletionFigures::cycle).map(Duration::toSeconds));
    }

    /** Usage names a model with its provider and sessions without, so of models the part behind the slash decides. */
    private static Optional<String> key(Grouping by, Fact<?> fact) {
        return by == Grouping.MODEL ? fact.key().map(key -> key.substring(key.indexOf('/') + 1)) : fact.key();
    }

    private List<Report.Row> rows(Caller caller, Period period, Grouping by) {
        Slice slice = Slice.by(by.dimension());
        Set<Optional<String>> keys = new LinkedHashSet<>();
        Map<Optional<String>, UsageTotals> usage = new HashMap<>();
        facts.usage(caller, period, slice).forEach(fact -> {
            keys.add(key(by, fact));
            usage.merge(key(by, fact), fact.figures(), UsageTotals::plus);
        });
        Map<Optional<String>, SessionFigures> sessions = new HashMap<>();
        facts.sessions(caller, period, slice).forEach(fact -> {
            keys.add(key(by, fact));
            sessions.put(key(by, fact), fact.figures());
        });
        Map<Optional<String>, CompletionFigures> completions = new HashMap<>();
        if (by.hasCompletions()) {
            facts.completions(caller, period, slice).forEach(fact -> {
                keys.add(key(by, fact));
                completions.put(key(by, fact), fact.figures());
            });
        }
        Labels.Known known = labels.ofKeys(
                caller, by.dimension(), keys.stream().flatMap(Optional::stream).toList());
        List<Report.Row> rows = new ArrayList<>();
        for (Optional<String> key : keys) {
            Labels.Label label = known.of(key);
            rows.add(new Report.Row(
                    label.mark(),
                    label.name(),
                    figures(
                            usage.getOrDefault(key, UsageTotals.NONE),
                            sessions.getOrDefault(key, SessionFigures.NONE),
                            by.hasCompletions()
                                    ? Optional.of(completions.getOrDefault(key, CompletionFigures.NONE))
                                    : Optional.empty())));
        }
        rows.sort(Comparator.comparing((Report.Row row) -> row.key().equals(Labels.UNATTRIBUTED))
                .thenComparing(row -> row.figures().costNanos(), Comparator.reverseOrder())
                .thenComparing(Report.Row::key));
        return rows;
    }

    private Report.Health health(Caller caller, Period period) {
        Object[] bounds = new Object[] {period.begins(), period.ends()};
        List<Object> parameters = new ArrayList<>();
        for (int i = 0; i < HEALTH_PARTS; i++) {
            parameters.add(caller.workspaceId());
            parameters.addAll(List.of(bounds));
        }
        return sql.one(HEALTH, Analytics::health, parameters.toArray());
    }

    private static final int HEALTH_PARTS = 7;

    private static final String HEALTH = """
            select (select count(*) from blockers where workspace_id = ? and raised_at >= ? and raised_at < ?) as raised,
                   b.answered, b.hours as blocker_hours,
                   (select count(*) from decisions where workspace_id = ? and asked_at >= ? and asked_at < ?) as asked,
                   d.decided, d.hours as decision_hours,
                   (select count(*) from overlap_confirmations
                     where workspace_id = ? and confirmed_at >= ? and confirmed_at < ?) as confirmed,
                   (select count(*) from overlap_answers
                     where workspace_id = ? and answered_at >= ? and answered_at < ? and verdict = 'different') as dismissed,
                   (select count(*) from overlap_answers
                     where workspace_id = ? and answered_at >= ? and answered_at < ? and verdict = 'same') as same
              from (select count(*) as answered,
                           percentile_cont(0.5) within group (order by extract(epoch from resolved_at - raised_at) / 3600) as hours
                      from blockers where workspace_id = ? and resolved_at >= ? and resolved_at < ?) b
             cross join
                   (select count(*) as decided,
                           percentile_cont(0.5) within group (order by extract(epoch from decided_at - asked_at) / 3600) as hours
                      from decisions where workspace_id = ? and decided_at >= ? and decided_at < ?) d
            """;

    private static Report.Health health(Row row) throws SQLException {
        long confirmed = row.bigint("confirmed");
        long dismissed = row.bigint("dismissed");
        long same = row.bigint("same");
        long warnings = confirmed + dismissed + same;
        return new Report.Health(
                row.bigint("raised"),
                row.bigint("answered"),
                row.optionalText("blocker_hours").map(Double::valueOf),
                row.bigint("asked"),
                row.bigint("decided"),
                row.optionalText("decision_hours").map(Double::valueOf),
                warnings,
                confirmed,
                dismissed,
                same,
                warnings == 0 ? Optional.empty() : Optional.of((double) same / warnings));
    }
}
