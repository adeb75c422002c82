package dev.covibe.console.performance;

import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.charts.BarChart;
import dev.covibe.console.charts.Ranking;
import dev.covibe.console.charts.Spans;
import dev.covibe.console.charts.Unit;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Who;
import dev.covibe.insight.facts.SessionFigures;
import dev.covibe.insight.performance.AgentsReport;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Draws agents and what they cost. */
final class SpendDrawing {

    /** In the order in which a reader wants to see them. */
    private static final List<String> HEALTH = List.of("failing", "watch", "good", "quiet");

    private static final int ROWS = 12;
    private static final int REPORTS = 6;
    private static final int PARTS = 8;
    private static final int COLUMNS = 6;
    private static final int LEVELS = 4;

    private final AgentsReport report;
    private final People people;
    private final Periodical period;
    private final boolean all;

    SpendDrawing(AgentsReport report, People people, Optional<String> from, boolean all) {
        this.report = report;
        this.people = people;
        this.all = all;
        this.period = Periodical.of(SpendPage.HERE, "", report.span(), from);
    }

    SpendView view() {
        return new SpendView(
                period,
                state(),
                report.agents().isEmpty() && report.used().tokens() == 0,
                lead(),
                basis(report.used()),
                BarChart.of("cost-chart", "Cost", Unit.MONEY, report.span().timeZone(), Figure.points(report.costs())),
                report.agents().stream()
                        .sorted(Comparator.comparing(agent -> HEALTH.indexOf(agent.health())))
                        .limit(all ? Long.MAX_VALUE : ROWS)
                        .map(agent -> agent(agent, people, report.span().days()))
                        .toList(),
                report.agents().size(),
                all || report.agents().size() <= ROWS
                        ? ""
                        : SpendPage.HERE + "?" + period.query() + "&all=yes#registry",
                List.of(
                        ranking("spend-developer", "By developer", report.byDeveloper()),
                        ranking("spend-agent", "By agent", report.byAgent()),
                        ranking("spend-model", "By model", report.byModel()),
                        ranking("spend-task", "By task", report.byTask())),
                allocation(report.allocation()),
                report.boards(),
                !report.boards().isEmpty(),
                report.agents().stream()
                        .filter(agent -> agent.now().sessions() > 0
                                || !agent.insight().hinders().isEmpty())
                        .sorted(Comparator.comparing(
                                agent -> -agent.insight().hinders().size()))
                        .limit(all ? Long.MAX_VALUE : REPORTS)
                        .map(agent -> new SpendView.Report(who(agent, people), agent.name(), agent.insight()))
                        .toList());
    }

    private String state() {
        long failing = report.agents().stream()
                .filter(agent -> agent.health().equals("failing"))
                .count();
        String spent = Money.of(report.used().costNanos()) + " in these days"
                + change(report.used().costNanos(), report.usedBefore().costNanos());
        return spent
                + (failing == 0
                        ? "; no agent fails."
                        : "; " + failing + (failing == 1 ? " agent fails." : " agents fail."));
    }

    private static String change(BigInteger now, BigInteger before) {
        if (before.signum() == 0) {
            return "";
        }
        return ", "
                + Figure.change(now.subtract(before).doubleValue() / before.doubleValue())
                        .replace("same", "as much")
                + " against before";
    }

    private List<SpendView.Amount> lead() {
        SessionFigures now = report.sessions();
        SessionFigures before = report.sessionsBefore();
        return List.of(
                new SpendView.Amount(
                        "cost",
                        "Spent",
                        Money.of(report.used().costNanos()),
                        Money.of(report.usedBefore().costNanos()) + " before"),
                new SpendView.Amount(
                        "cost-per-session",
                        "Cost per session",
                        now.costPerSession().map(Money::of).orElse("–"),
                        before.costPerSession()
                                .map(cost -> Money.of(cost) + " before")
                                .orElse("")),
                new SpendView.Amount(
                        "sessions",
                        "Sessions",
                        Numbers.grouped(now.sessions()),
                        Numbers.grouped(before.sessions()) + " before"),
                new SpendView.Amount(
                        "completion",
                        "Sessions done",
                        now.completion().map(Unit.SHARE::text).orElse("–"),
                        before.completion()
                                .map(share -> Unit.SHARE.text(share) + " before")
                                .orElse("")),
                new SpendView.Amount(
                        "coverage",
                        "Coverage",
                        now.coverage().map(Unit.SHARE::text).orElse("–"),
                        "of the sessions tell what they used"));
    }

    static List<SpendView.Amount> basis(UsageTotals used) {
        List<SpendView.Amount> basis = new ArrayList<>();
        add(basis, "Reported", used.reportedNanos(), "the agent’s own client said so");
        add(basis, "Computed", used.computedNanos(), "tokens at the price of their day");
        add(basis, "Estimated", used.estimatedNanos(), "the agent’s own word");
        if (used.unpricedTokens() > 0) {
            basis.add(new SpendView.Amount(
                    "", "No price", Numbers.tokens(used.unpricedTokens()) + " tokens", "they add nothing to the cost"));
        }
        return basis;
    }

    private static void add(List<SpendView.Amount> basis, String title, BigInteger nanos, String note) {
        if (nanos.signum() != 0) {
            basis.add(new SpendView.Amount("", title, Money.of(nanos), note));
        }
    }

    private static Who who(AgentsReport.Agent agent, People people) {
        return people.who(agent.owner(), Optional.of(agent.type()));
    }

    static SpendView.Agent agent(AgentsReport.Agent agent, People people, int days) {
        SessionFigures now = agent.now();
        String address = "/workstreams/sessions?developer=" + agent.owner() + "&agent=" + agent.type() + "&name="
                + URLEncoder.encode(agent.name(), StandardCharsets.UTF_8);
        return new SpendView.Agent(
                agent.id().toString(),
                who(agent, people),
                agent.name(),
                agent.status().equals("active") ? "" : agent.status(),
                word(agent.health()),
                tone(agent.health()),
                Numbers.grouped(now.sessions()),
                Numbers.grouped(agent.before().sessions()) + " before",
                Math.round(agent.utilisation() * 1000) / 10.0,
                agent.activeDays() + " of " + days + " days",
                now.seconds() == 0 ? "" : Spans.words(now.seconds() * 1000),
                now.completion().map(Unit.SHARE::text).orElse("–"),
                agent.errorShare().map(Unit.SHARE::text).orElse("–"),
                agent.costPerSession().map(Money::of).orElse("–"),
                agent.guidance(),
                address);
    }

    private static String word(String health) {
        return switch (health) {
            case "good" -> "Good";
            case "watch" -> "Watch";
            case "failing" -> "Failing";
            default -> "Quiet";
        };
    }

    private static String tone(String health) {
        return switch (health) {
            case "good" -> "ok";
            case "watch" -> "warn";
            case "failing" -> "bad";
            default -> "";
        };
    }

    /** The dearest first, each leading to its own page where it has one. */
    static Ranking ranking(String id, String title, List<AgentsReport.Spend> spends) {
        return Ranking.of(
                id,
                title,
                Unit.MONEY,
                spends.stream()
                        .map(spend -> new Ranking.Thing(
                                spend.mark(),
                                spend.name(),
                                address(id, spend),
                                spend.used().costNanos().doubleValue(),
                                Numbers.tokens(spend.used().tokens()) + " tokens",
                                spend.key().isEmpty()))
                        .toList(),
                PARTS);
    }

    private static String address(String id, AgentsReport.Spend spend) {
        if (spend.key().isEmpty()) {
            return "";
        }
        return switch (id) {
            case "spend-developer" -> "/performance/developers/" + spend.mark().replaceFirst("^@", "");
            case "spend-task" -> "/workstreams/tasks/" + spend.mark();
            default -> "";
        };
    }

    /** The dearest models as columns, the others together in the last. */
    private static SpendView.Matrix allocation(List<AgentsReport.Allocation> parts) {
        Map<String, BigInteger> byModel = new TreeMap<>();
        parts.forEach(part -> byModel.merge(part.model(), part.nanos(), BigInteger::add));
        List<String> models = byModel.entrySet().stream()
                .filter(entry -> entry.getValue().signum() > 0)
                .sorted(Map.Entry.<String, BigInteger>comparingByValue().reversed())
                .limit(COLUMNS)
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Map<String, BigInteger>> rows = new TreeMap<>();
        parts.stream().filter(part -> models.contains(part.model())).forEach(part -> rows.computeIfAbsent(
                        part.developer(), developer -> new TreeMap<>())
                .merge(part.model(), part.nanos(), BigInteger::add));
        double greatest = rows.values().stream()
                .flatMap(row -> row.values().stream())
                .mapToDouble(BigInteger::doubleValue)
                .max()
                .orElse(0);
        return new SpendView.Matrix(
                models,
                rows.entrySet().stream()
                        .sorted(Comparator.comparing((Map.Entry<String, Map<String, BigInteger>> row) ->
                                        row.getValue().values().stream().reduce(BigInteger.ZERO, BigInteger::add))
                                .reversed())
                        .map(row -> new SpendView.Line(
                                row.getKey(),
                                models.stream()
                                        .map(model ->
                                                shade(row.getValue().getOrDefault(model, BigInteger.ZERO), greatest))
                                        .collect(Collectors.toList())))
                        .toList());
    }

    private static SpendView.Shade shade(BigInteger nanos, double greatest) {
        return nanos.signum() == 0
                ? new SpendView.Shade("–", 0)
                : new SpendView.Shade(
                        Money.of(nanos), (int) Math.max(1, Math.ceil(LEVELS * nanos.doubleValue() / greatest)));
    }
}
