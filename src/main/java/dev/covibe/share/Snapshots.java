package dev.covibe.share;

import dev.covibe.agents.prices.Dollars;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.coordination.summary.Summaries;
import dev.covibe.coordination.summary.WeekSummary;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.insight.activity.Activity;
import dev.covibe.insight.analytics.Analytics;
import dev.covibe.insight.analytics.Grouping;
import dev.covibe.insight.analytics.Report;
import dev.covibe.insight.facts.CompletionFigures;
import dev.covibe.insight.facts.Dimension;
import dev.covibe.insight.facts.Fact;
import dev.covibe.insight.facts.Facts;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.facts.SessionFigures;
import dev.covibe.insight.facts.Slice;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.tenancy.Workspaces;
import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskList;
import dev.covibe.work.WorkQueries;
import dev.covibe.work.WorkstreamQueries;
import dev.covibe.work.WorkstreamView;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes down what a view shows at one moment, and of it only what strangers may read. */
@ApplicationScoped
class Snapshots {

    private static final int DAYS = 28;
    private static final int MOST = 50;
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private final Summaries summaries;
    private final WorkstreamQueries workstreams;
    private final WorkQueries work;
    private final Developers developers;
    private final Facts facts;
    private final Periods periods;
    private final Analytics analytics;
    private final Activity activity;
    private final Workspaces workspaces;
    private final Clock clock;

    Snapshots(
            Summaries summaries,
            WorkstreamQueries workstreams,
            WorkQueries work,
            Developers developers,
            Facts facts,
            Periods periods,
            Analytics analytics,
            Activity activity,
            Workspaces workspaces,
            Clock clock) {
        this.summaries = summaries;
        this.workstreams = workstreams;
        this.work = work;
        this.developers = developers;
        this.facts = facts;
        this.periods = periods;
        this.analytics = analytics;
        this.activity = activity;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    Snapshot take(Caller caller, ShareKind kind, String of) {
        return switch (kind) {
            case WEEK -> week(caller, of);
            case WORKSTREAM -> workstream(caller, of);
            case DEVELOPER -> developer(caller, of);
            case PERFORMANCE -> performance(caller);
        };
    }

    private Snapshot snapshot(
            Caller caller,
            ShareKind kind,
            String title,
            String lead,
            List<Snapshot.Figure> figures,
            List<Snapshot.Part> parts) {
        ZoneId zone = workspaces.calendar(caller.place()).zone();
        return new Snapshot(
                kind.title(),
                title,
                lead,
                workspaces.names(caller.place()).workspace(),
                "@" + caller.handle(),
                MOMENT.format(clock.instant().atZone(zone)) + ", " + zone.getId(),
                figures,
                parts.stream().filter(part -> !part.lines().isEmpty()).toList());
    }

    private Snapshot week(Caller caller, String day) {
        WeekSummary week = summaries.week(caller, day.isBlank() ? Optional.empty() : Optional.of(date(day)));
        WeekSummary.Figures figures = week.figures();
        return snapshot(
                caller,
                ShareKind.WEEK,
                week.workspace() + ", " + DAY.format(week.from()) + " to " + DAY.format(week.to()),
                "What was done, what is under way and what was decided.",
                List.of(
                        new Snapshot.Figure("Done", String.valueOf(figures.done()), ""),
                        new Snapshot.Figure("In progress", String.valueOf(figures.inProgress()), ""),
                        new Snapshot.Figure("Blocked", String.valueOf(figures.blocked()), ""),
                        new Snapshot.Figure("Decisions", String.valueOf(figures.decisions()), ""),
                        new Snapshot.Figure("Overlaps avoided", String.valueOf(figures.overlapsAvoided()), ""),
                        new Snapshot.Figure(
                                "Agents cost", Dollars.text(week.spending().dollars()), "")),
                List.of(
                        items("Done", week.done(), figures.done()),
                        items("In progress", week.inProgress(), figures.inProgress()),
                        items("Blocked", week.blocked(), figures.blocked()),
                        new Snapshot.Part(
                                "Decisions",
                                week.decisions().stream()
                                        .map(one -> new Snapshot.Line("", one.question(), "@" + one.by(), one.choice()))
                                        .toList(),
                                more(figures.decisions(), week.decisions().size())),
                        items("Next", week.next(), week.next().size())));
    }

    private static LocalDate date(String day) {
        try {
            return LocalDate.parse(day.strip());
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField("/of", "A day is written 2026-11-16.");
        }
    }

    private static Snapshot.Part items(String title, List<WeekSummary.Item> items, int all) {
        return new Snapshot.Part(
                title,
                items.stream()
                        .map(item -> new Snapshot.Line(
                                item.key(),
                                item.title(),
                                item.owner().map(handle -> "@" + handle).orElse(""),
                                item.note().orElse("")))
                        .toList(),
                more(all, items.size()));
    }

    private static String more(long all, int shown) {
        return all > shown ? "and " + (all - shown) + " more" : "";
    }

    private Snapshot workstream(Caller caller, String key) {
        WorkstreamView stream = workstreams.get(caller, key);
        TaskList tasks = work.find(caller, TaskFilter.ALL.withWorkstream(stream.key()), Optional.empty(), MOST);
        int total = stream.counts().total();
        return snapshot(
                caller,
                ShareKind.WORKSTREAM,
                stream.key() + " " + stream.name(),
                stream.summary().orElse(stream.goal()),
                List.of(
                        new Snapshot.Figure("Status", capital(stream.status().key()), ""),
                        new Snapshot.Figure("Done", stream.counts().done() + " of " + total, "tasks"),
                        new Snapshot.Figure(
                                "In progress", String.valueOf(stream.counts().inProgress()), "tasks"),
                        new Snapshot.Figure(
                                "Target",
                                stream.targetDate().map(DAY::format).orElse("None"),
                                stream.owner().map(handle -> "with @" + handle).orElse(""))),
                List.of(new Snapshot.Part(
                        "Tasks",
                        tasks.items().stream()
                                .map(task -> new Snapshot.Line(
                                        task.key(),
                                        task.title(),
                                        task.owner().map(handle -> "@" + handle).orElse(""),
                                        task.status().title()))
                                .toList(),
                        more(tasks.total(), tasks.items().size()))));
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private Snapshot developer(Caller caller, String handle) {
        Developers.Member member = developers.named(caller, handle, "/of");
        Period period = periods.last(caller, DAYS);
        String key = member.id().toString();
        Slice own = Slice.TOTAL.of(Dimension.DEVELOPER, key);
        UsageTotals usage = one(facts.usage(caller, period, own), UsageTotals.NONE);
        SessionFigures sessions = one(facts.sessions(caller, period, own), SessionFigures.NONE);
        CompletionFigures done = one(facts.completions(caller, period, own), CompletionFigures.NONE);
        List<Snapshot.Line> lines = activity
                .completions(
                        caller,
                        new Activity.Filter(
                                Optional.empty(),
                                Optional.of(member.handle()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(period.begins()),
                                Optional.empty()),
                        Optional.empty(),
                        MOST)
                .items()
                .stream()
                .map(one -> new Snapshot.Line(one.key(), one.title(), "", first(one.summary())))
                .toList();
        return snapshot(
                caller,
                ShareKind.DEVELOPER,
                member.name() + " (@" + member.handle() + ")",
                "The last " + DAYS + " days, " + days(period) + ".",
                List.of(
                        new Snapshot.Figure("Tasks done", String.valueOf(done.tasks()), ""),
                        new Snapshot.Figure("Sessions", String.valueOf(sessions.sessions()), "of agents"),
                        new Snapshot.Figure("Cost", dollars(usage.costNanos()), ""),
                        new Snapshot.Figure(
                                "Cycle time",
                                done.cycle()
                                        .map(time -> String.format(Locale.ENGLISH, "%.1f h", time.toMinutes() / 60.0))
                                        .orElse("None"),
                                "from the start of work")),
                List.of(new Snapshot.Part("Completed", lines, more(done.tasks(), lines.size()))));
    }

    private static <T> T one(List<Fact<T>> facts, T none) {
        return facts.isEmpty() ? none : facts.getFirst().figures();
    }

    private static String first(String summary) {
        String line = summary.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private Snapshot performance(Caller caller) {
        Period period = periods.last(caller, DAYS);
        List<Snapshot.Part> parts = new ArrayList<>();
        Report report = analytics.report(caller, period, Grouping.PROJECT);
        parts.add(groups("By project", report));
        parts.add(groups("By workstream", analytics.report(caller, period, Grouping.WORKSTREAM)));
        parts.add(groups("By model", analytics.report(caller, period, Grouping.MODEL)));
        Report.Figures now = report.total();
        Report.Figures before = report.previous();
        return snapshot(
                caller,
                ShareKind.PERFORMANCE,
                "Performance, " + days(period),
                "The last " + DAYS + " days beside as many before.",
                List.of(
                        new Snapshot.Figure("Cost", dollars(now.costNanos()), dollars(before.costNanos()) + " before"),
                        new Snapshot.Figure("Sessions", count(now.sessions()), count(before.sessions()) + " before"),
                        new Snapshot.Figure(
                                "Tasks done",
                                count(now.completions().orElse(0L)),
                                count(before.completions().orElse(0L)) + " before"),
                        new Snapshot.Figure(
                                "Blockers",
                                count(report.health().blockersRaised()),
                                count(report.health().blockersAnswered()) + " answered"),
                        new Snapshot.Figure("Decisions", count(report.health().decisionsMade()), "made")),
                parts);
    }

    private static Snapshot.Part groups(String title, Report report) {
        return new Snapshot.Part(
                title,
                report.rows().stream()
                        .limit(MOST)
                        .map(row -> new Snapshot.Line(
                                row.key(),
                                row.name(),
                                "",
                                dollars(row.figures().costNanos()) + ", "
                                        + count(row.figures().sessions()) + " sessions"
                                        + row.figures()
                                                .completions()
                                                .map(done -> ", " + count(done) + " done")
                                                .orElse("")))
                        .toList(),
                more(report.rows().size(), Math.min(MOST, report.rows().size())));
    }

    private static String days(Period period) {
        return DAY.format(period.from()) + " to " + DAY.format(period.to());
    }

    private static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    private static String dollars(BigInteger nanos) {
        return Dollars.text(nanos);
    }
}
