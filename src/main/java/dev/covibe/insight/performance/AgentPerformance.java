package dev.covibe.insight.performance;

import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Dimension;
import dev.covibe.insight.facts.Fact;
import dev.covibe.insight.facts.Facts;
import dev.covibe.insight.facts.Labels;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.SessionFigures;
import dev.covibe.insight.facts.Slice;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** How agents do and what they cost (CON-2, Agents &amp; cost), from the registry and the daily facts. */
@ApplicationScoped
public class AgentPerformance {

    private static final int MOST_AGENTS = 500;
    private static final int MOST_SPENDS = 200;

    private final Facts facts;
    private final Labels labels;
    private final Goals goals;
    private final Transactions transactions;
    private final Sql sql;

    AgentPerformance(Facts facts, Labels labels, Goals goals, Transactions transactions, Sql sql) {
        this.facts = facts;
        this.labels = labels;
        this.goals = goals;
        this.transactions = transactions;
        this.sql = sql;
    }

    private record Known(UUID id, UUID ownerId, String owner, String type, String name, String purpose, String status) {

        String key() {
            return ownerId + "/" + type + "/" + name;
        }
    }

    public AgentsReport report(Caller caller, Period period) {
        return facts.together(caller, () -> {
            Period previous = period.previous();
            List<Fact<UsageTotals>> used =
                    facts.usage(caller, period, Slice.by(Dimension.DEVELOPER, Dimension.MODEL, Dimension.AGENT));
            List<AgentsReport.Agent> agents = agents(caller, period, previous);
            return new AgentsReport(
                    Span.of(period, previous),
                    Facts.total(used),
                    facts.usage(caller, previous),
                    facts.sessions(caller, period),
                    facts.sessions(caller, previous),
                    costs(caller, period),
                    agents,
                    spend(caller, Dimension.DEVELOPER, dearest(used, 0)),
                    spend(caller, Dimension.AGENT, dearest(used, 2)),
                    spend(caller, Dimension.MODEL, dearest(used, 1)),
                    spend(caller, Dimension.TASK, facts.dearest(caller, period, Slice.by(Dimension.TASK), MOST_SPENDS)),
                    allocation(caller, Fact.folded(used, UsageTotals::plus, 0, 1)),
                    goals.leaderboards(caller) ? boards(agents) : List.of());
        });
    }

    private List<DayValue> costs(Caller caller, Period period) {
        Map<Object, UsageTotals> byDay = facts.usage(caller, period, Slice.DAILY).stream()
                .collect(Collectors.toMap(fact -> fact.day().orElseThrow(), Fact::figures));
        return period.days().stream()
                .map(day -> new DayValue(
                        day,
                        Optional.of(byDay.getOrDefault(day, UsageTotals.NONE)
                                .costNanos()
                                .doubleValue())))
                .toList();
    }

    /** All agents of the registry, as {@link #report} has them. */
    public List<AgentsReport.Agent> agents(Caller caller, Period period) {
        return facts.together(caller, () -> agents(caller, period, period.previous()));
    }

    /** Those of one owner alone, as {@link #report} has them. */
    List<AgentsReport.Agent> of(Caller caller, Period period, String owner) {
        return agents(caller, period, period.previous()).stream()
                .filter(agent -> agent.owner().equals(owner))
                .toList();
    }

    private List<AgentsReport.Agent> agents(Caller caller, Period period, Period previous) {
        Targets targets = goals.targets(caller);
        List<Fact<SessionFigures>> days = facts.sessions(caller, period, Slice.dailyBy(Dimension.MANAGED_AGENT));
        Map<String, SessionFigures> now = byKey(Fact.folded(days, SessionFigures::plus, 0));
        Map<String, SessionFigures> before = byKey(facts.sessions(caller, previous, Slice.by(Dimension.MANAGED_AGENT)));
        Map<String, Long> activeDays =
                days.stream().collect(Collectors.groupingBy(fact -> fact.key().orElse(""), Collectors.counting()));
        Map<String, Long> taskless = new HashMap<>();
        facts.sessions(caller, period, Slice.by(Dimension.MANAGED_AGENT, Dimension.PROJECT)).stream()
                .filter(fact -> fact.keys().get(1).isEmpty())
                .forEach(fact ->
                        taskless.put(fact.key().orElse(""), fact.figures().sessions()));
        List<Known> known = registry(caller).stream()
                .filter(agent -> !agent.status().equals("retired") || now.containsKey(agent.key()))
                .toList();
        Map<String, Optional<BigInteger>> usual = usual(known, now);
        return known.stream()
                .map(agent -> {
                    SessionFigures figures = now.getOrDefault(agent.key(), SessionFigures.NONE);
                    SessionFigures former = before.getOrDefault(agent.key(), SessionFigures.NONE);
                    String kind = AgentType.of(agent.type()).title();
                    Optional<BigInteger> median = usual.getOrDefault(agent.type(), Optional.empty());
                    long active = activeDays.getOrDefault(agent.key(), 0L);
                    return new AgentsReport.Agent(
                            agent.id(),
                            agent.owner(),
                            agent.type(),
                            kind,
                            agent.name(),
                            agent.purpose(),
                            agent.status(),
                            AgentRules.health(figures, targets),
                            figures,
                            former,
                            active,
                            (double) active / period.length(),
                            figures.errorShare(),
                            figures.costPerSession(),
                            AgentRules.guidance(figures, median, kind),
                            AgentRules.insight(
                                    figures,
                                    former,
                                    targets,
                                    median,
                                    figures.sessions() == 0
                                            ? 0
                                            : (double) taskless.getOrDefault(agent.key(), 0L) / figures.sessions(),
                                    agent.purpose(),
                                    agent.owner()));
                })
                .sorted(Comparator.comparing(
                                (AgentsReport.Agent agent) -> agent.now().costNanos())
                        .reversed()
                        .thenComparing(AgentsReport.Agent::owner)
                        .thenComparing(AgentsReport.Agent::name))
                .toList();
    }

    /** The median is of at least two, so that nobody is compared with themselves alone. */
    private static Map<String, Optional<BigInteger>> usual(List<Known> known, Map<String, SessionFigures> now) {
        return known.stream()
                .filter(agent ->
                        now.getOrDefault(agent.key(), SessionFigures.NONE).covered() >= AgentRules.FEWEST_COVERED)
                .collect(Collectors.groupingBy(
                        Known::type,
                        Collectors.collectingAndThen(
                                Collectors.mapping(
                                        agent -> now.get(agent.key())
                                                .costPerSession()
                                                .orElseThrow(),
                                        Collectors.toList()),
                                costs -> costs.size() < 2 ? Optional.empty() : AgentRules.median(costs))));
    }

    private static Map<String, SessionFigures> byKey(List<Fact<SessionFigures>> sessions) {
        return sessions.stream().collect(Collectors.toMap(fact -> fact.key().orElse(""), Fact::figures));
    }

    private List<Known> registry(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        """
                        select a.id, a.owner_id, d.handle, a.agent_type, a.name, a.purpose, a.status
                          from insight_agents a join developers d on d.id = a.owner_id
                         where a.workspace_id = ? order by a.created_at, a.id limit ?
                        """,
                        row -> new Known(
                                row.uuid("id"),
                                row.uuid("owner_id"),
                                row.text("handle"),
                                row.text("agent_type"),
                                row.text("name"),
                                row.text("purpose"),
                                row.text("status")),
                        caller.workspaceId(),
                        MOST_AGENTS));
    }

    private static List<Fact<UsageTotals>> dearest(List<Fact<UsageTotals>> used, int dimension) {
        return Fact.folded(used, UsageTotals::plus, dimension).stream()
                .sorted(Comparator.comparing(
                                (Fact<UsageTotals> fact) -> fact.figures().costNanos())
                        .thenComparing(fact -> fact.figures().tokens())
                        .reversed())
                .limit(MOST_SPENDS)
                .toList();
    }

    private List<AgentsReport.Spend> spend(Caller caller, Dimension dimension, List<Fact<UsageTotals>> found) {
        Labels.Known names = labels.of(caller, dimension, found);
        return found.stream()
                .map(fact -> new AgentsReport.Spend(
                        fact.key(),
                        names.of(fact.key()).mark(),
                        names.of(fact.key()).name(),
                        fact.figures()))
                .toList();
    }

    private List<AgentsReport.Allocation> allocation(Caller caller, List<Fact<UsageTotals>> found) {
        Labels.Known people = labels.of(caller, Dimension.DEVELOPER, found);
        List<AgentsReport.Allocation> allocation = new ArrayList<>();
        found.forEach(fact -> allocation.add(new AgentsReport.Allocation(
                people.of(fact.key()).mark(),
                fact.keys()
                        .get(1)
                        .map(model -> model.substring(model.indexOf('/') + 1))
                        .orElse(""),
                fact.figures().costNanos())));
        return allocation;
    }

    /** Nobody is ranked by tokens, or by spend alone (INS-4). */
    private static List<AgentsReport.Board> boards(List<AgentsReport.Agent> agents) {
        Leaderboards<AgentsReport.Agent> boards =
                new Leaderboards<>(agents, AgentsReport.Agent::name, AgentsReport.Agent::owner);
        return List.of(
                boards.by(
                        "board-done",
                        "Work done",
                        "at least " + AgentRules.FEWEST_ENDED + " ended sessions",
                        agent -> agent.now().ended() >= AgentRules.FEWEST_ENDED,
                        agent -> -agent.now().completion().orElse(0.0),
                        agent -> Words.percent(agent.now().completion().orElse(0.0)),
                        agent -> agent.now().done() + " of " + agent.now().ended() + " sessions"),
                boards.by(
                        "board-reliable",
                        "Fewest errors",
                        "at least " + AgentRules.FEWEST_CALLS + " calls and tools",
                        agent -> agent.now().calls() + agent.now().tools() >= AgentRules.FEWEST_CALLS,
                        agent -> agent.errorShare().orElse(1.0),
                        agent -> Words.percent(agent.errorShare().orElse(0.0)),
                        agent -> Words.count(
                                agent.now().calls() + agent.now().tools(), "call or tool", "calls and tools")),
                boards.by(
                        "board-cost",
                        "Least cost for a session with its work done",
                        "at least " + AgentRules.FEWEST_COVERED + " such sessions, and a known cost",
                        agent -> agent.now().done() >= AgentRules.FEWEST_COVERED
                                && agent.now().costNanos().signum() > 0,
                        agent -> perDone(agent.now()),
                        agent -> Words.dollars(perDone(agent.now())),
                        agent -> Words.count(agent.now().done(), "session", "sessions") + " done"));
    }

    private static double perDone(SessionFigures figures) {
        return figures.costNanos().doubleValue() / Math.max(1, figures.done());
    }
}
