package dev.covibe.insight.performance;

import dev.covibe.agents.alerts.AlertKind;
import dev.covibe.agents.alerts.AlertView;
import dev.covibe.agents.alerts.Alerts;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Fact;
import dev.covibe.insight.facts.Facts;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.facts.Slice;
import dev.covibe.insight.facts.SpanFigures;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what goes on now, and what to do first. docs/metrics.md has the rules. */
@ApplicationScoped
public class Diagnosing {

    static final int USUAL_DAYS = 14;
    static final double PRESSURE = 2;

    private static final int MOST_ALERTS = 200;
    private static final int TRACES = 3;

    /** A trace is looked for among so many of the latest steps. */
    private static final int LATEST_SPANS = 2_000;

    private final Facts facts;
    private final Periods periods;
    private final Around around;
    private final Goals goals;
    private final Alerts alerts;
    private final Transactions transactions;
    private final Sql sql;

    Diagnosing(
            Facts facts,
            Periods periods,
            Around around,
            Goals goals,
            Alerts alerts,
            Transactions transactions,
            Sql sql) {
        this.facts = facts;
        this.periods = periods;
        this.around = around;
        this.goals = goals;
        this.alerts = alerts;
        this.transactions = transactions;
        this.sql = sql;
    }

    public Diagnostics now(Caller caller) {
        return facts.together(caller, () -> {
            Period today = periods.last(caller, 1);
            Period before = Period.upTo(today.from().minusDays(1), USUAL_DAYS, today.calendar());
            Period all = new Period(before.from(), today.to(), today.calendar());
            Map<LocalDate, UsageTotals> used = byDay(facts.usage(caller, all, Slice.DAILY));
            Map<LocalDate, SpanFigures> steps = byDay(facts.spans(caller, all, Slice.DAILY));
            Map<String, Around.Open> sessions = around.open(caller);
            Overview.Waiting waiting = around.waiting(caller, sessions);
            long idle = sessions.values().stream().mapToLong(Around.Open::idle).sum();
            Diagnostics.Pressure pressure = pressure(used, steps, today, before);
            Diagnostics.Spending spending = new Diagnostics.Spending(
                    used.getOrDefault(today.from(), UsageTotals.NONE).costNanos(),
                    AgentRules.median(before.days().stream()
                            .map(day -> used.getOrDefault(day, UsageTotals.NONE).costNanos())
                            .filter(nanos -> nanos.signum() > 0)
                            .toList()));
            List<AlertView> open = alerts.page(caller, true, Optional.empty(), MOST_ALERTS).items().stream()
                    .sorted(Comparator.comparing((AlertView alert) -> !alert.wanting())
                            .thenComparing(Diagnosing::urgency))
                    .toList();
            return new Diagnostics(
                    today.from(),
                    waiting,
                    idle,
                    pressure,
                    spending,
                    next(open, waiting, pressure, goals.targets(caller)),
                    open,
                    traces(caller));
        });
    }

    private static int urgency(AlertView alert) {
        return switch (alert.kind()) {
            case FAILING_AGENT -> 0;
            case SPEND_SPIKE -> 1;
            case STALE_SESSION -> 2;
            case IDLE_SESSION -> 3;
        };
    }

    private static <T> Map<LocalDate, T> byDay(List<Fact<T>> facts) {
        return facts.stream().collect(Collectors.toMap(fact -> fact.day().orElseThrow(), Fact::figures));
    }

    private static Diagnostics.Pressure pressure(
            Map<LocalDate, UsageTotals> used, Map<LocalDate, SpanFigures> steps, Period today, Period before) {
        long[] now = failures(used, steps, today);
        long[] then = failures(used, steps, before);
        return new Diagnostics.Pressure(now[0], now[1], share(now), share(then));
    }

    private static long[] failures(Map<LocalDate, UsageTotals> used, Map<LocalDate, SpanFigures> steps, Period period) {
        long[] failures = new long[2];
        for (LocalDate day : period.days()) {
            UsageTotals usage = used.getOrDefault(day, UsageTotals.NONE);
            failures[0] += usage.failed();
            failures[1] += usage.calls();
            SpanFigures spans = steps.getOrDefault(day, SpanFigures.NONE);
            failures[0] += spans.toolErrors();
            failures[1] += spans.tools();
        }
        return failures;
    }

    private static Optional<Double> share(long[] failures) {
        return failures[1] == 0 ? Optional.empty() : Optional.of((double) failures[0] / failures[1]);
    }

    /** The first that holds. */
    static Remark next(List<AlertView> open, Overview.Waiting waiting, Diagnostics.Pressure pressure, Targets targets) {
        Optional<AlertView> failing = wanting(open, AlertKind.FAILING_AGENT);
        if (failing.isPresent()) {
            return new Remark("next-failing", failing.get().sentence() + " Look at what it does first.", "#alerts");
        }
        Optional<AlertView> spike = wanting(open, AlertKind.SPEND_SPIKE);
        if (spike.isPresent()) {
            return new Remark(
                    "next-spike", spike.get().sentence() + " See where it went.", "/performance/agents?range=7");
        }
        if (waiting.blockers() > 0) {
            return new Remark(
                    "next-blocker",
                    "Answer the oldest of " + Words.count(waiting.blockers(), "open blocker.", "open blockers."),
                    "/coordination");
        }
        if (waiting.decisions() > 0) {
            return new Remark(
                    "next-decision",
                    "Decide: " + Words.count(waiting.decisions(), "decision is wanted.", "decisions are wanted."),
                    "/coordination");
        }
        if (waiting.staleSessions() > 0) {
            return new Remark(
                    "next-stale",
                    "End or revive " + Words.count(waiting.staleSessions(), "silent session.", "silent sessions."),
                    "/performance/diagnostics?find=sessions&status=stale#find");
        }
        if (pressure.all() >= Briefs.FEWEST_CALLS
                && pressure.share().orElse(0.0) > targets.errorShare()
                && pressure.share().orElse(0.0) >= PRESSURE * pressure.usual().orElse(0.0)) {
            return new Remark(
                    "next-errors",
                    Words.percent(pressure.share().orElseThrow()) + " of today’s calls and tools failed, "
                            + pressure.usual().map(Words::percent).orElse("none") + " is usual. Look at what fails.",
                    "/performance/diagnostics?find=spans&status=error#find");
        }
        return Remark.of("next-nothing", "Nothing: no rule finds anything that needs you.");
    }

    private static Optional<AlertView> wanting(List<AlertView> open, AlertKind kind) {
        return open.stream()
                .filter(alert -> alert.wanting() && alert.kind() == kind)
                .findFirst();
    }

    private List<Diagnostics.Trace> traces(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        """
                        select s.trace_id, min(d.handle) as handle, min(s.agent_type) as agent_type,
                               (array_agg(s.session_id) filter (where s.session_id is not null))[1] as session_id, min(s.at) as at
                          from (select * from insight_traces where workspace_id = ? order by at desc limit ?) s
                          join developers d on d.id = s.developer_id
                         group by s.trace_id having count(*) > 1
                         order by max(s.at) desc, s.trace_id limit ?
                        """,
                        row -> new Diagnostics.Trace(
                                row.text("trace_id"),
                                row.text("handle"),
                                row.text("agent_type"),
                                row.optionalUuid("session_id"),
                                row.instant("at")),
                        caller.workspaceId(),
                        LATEST_SPANS,
                        TRACES));
    }
}
