package dev.covibe.console.performance;

import dev.covibe.agents.SessionLists;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.charts.Spans;
import dev.covibe.console.frame.Address;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.performance.AgentPerformance;
import dev.covibe.insight.performance.AgentsReport;
import dev.covibe.insight.performance.Finding;
import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskList;
import dev.covibe.work.TaskRow;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Looks behind the figures: tasks, sessions, agents and spans by developer, status and words. */
@ApplicationScoped
class DrillDown {

    private static final int ROWS = 25;
    private static final int AMONG = 200;

    private final SessionLists lists;
    private final Rows rows;
    private final WorkQueries work;
    private final UsageQueries usage;
    private final AgentPerformance agents;
    private final Finding finding;
    private final Periods periods;

    DrillDown(
            SessionLists lists,
            Rows rows,
            WorkQueries work,
            UsageQueries usage,
            AgentPerformance agents,
            Finding finding,
            Periods periods) {
        this.lists = lists;
        this.rows = rows;
        this.work = work;
        this.usage = usage;
        this.agents = agents;
        this.finding = finding;
        this.periods = periods;
    }

    /** What can be looked for, and the states that each can be in. */
    enum Kind {
        SESSIONS("Sessions", List.of("active", "idle", "stale", "ended")),
        TASKS("Tasks", Arrays.stream(TaskStatus.values()).map(TaskStatus::key).toList()),
        AGENTS("Agents", List.of("failing", "watch", "good", "quiet")),
        SPANS("Spans", List.of("error", "ok", "unset"));

        private final String title;
        private final List<String> statuses;

        Kind(String title, List<String> statuses) {
            this.title = title;
            this.statuses = statuses;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param status empty where it is none of the kind's */
    record Wanted(Kind kind, Optional<String> developer, Optional<String> status, Optional<String> text) {

        static Wanted of(
                Optional<String> find, Optional<String> developer, Optional<String> status, Optional<String> text) {
            Kind kind = Arrays.stream(Kind.values())
                    .filter(one -> one.key().equals(find.orElse("")))
                    .findFirst()
                    .orElse(Kind.SESSIONS);
            return new Wanted(
                    kind,
                    developer.filter(words -> !words.isBlank()),
                    status.filter(kind.statuses::contains),
                    text.map(String::strip).filter(words -> !words.isEmpty()));
        }

        boolean set() {
            return developer.isPresent() || status.isPresent() || text.isPresent();
        }

        String address() {
            return Address.of(DiagnosticsPage.HERE + "?find=" + kind.key())
                    .with("developer", developer)
                    .with("status", status)
                    .with("q", text)
                    .toString();
        }
    }

    DiagnosticsView.Find form(Wanted wanted, People people) {
        return new DiagnosticsView.Find(
                wanted.kind().key(),
                Arrays.stream(Kind.values())
                        .map(kind -> new Choice(
                                new Wanted(kind, wanted.developer(), Optional.empty(), wanted.text()).address()
                                        + "#find",
                                kind.title,
                                kind == wanted.kind()))
                        .toList(),
                people.choices("Any developer", wanted.developer().orElse("")),
                Stream.concat(
                                Stream.of(new Choice(
                                        "", "Any status", wanted.status().isEmpty())),
                                wanted.kind().statuses.stream()
                                        .map(status -> new Choice(
                                                status,
                                                word(status),
                                                wanted.status()
                                                        .filter(status::equals)
                                                        .isPresent())))
                        .toList(),
                wanted.text().orElse(""),
                wanted.set(),
                DiagnosticsPage.HERE + "?find=" + wanted.kind().key() + "#find");
    }

    private static String word(String status) {
        return status.substring(0, 1).toUpperCase(Locale.ROOT)
                + status.substring(1).replace('_', ' ');
    }

    DiagnosticsView.Found found(Caller caller, Wanted wanted, People people, Instant now) {
        return switch (wanted.kind()) {
            case SESSIONS -> sessions(caller, wanted, people, now);
            case TASKS -> tasks(caller, wanted, people, now);
            case AGENTS -> agents(caller, wanted, people);
            case SPANS -> spans(caller, wanted, people, now);
        };
    }

    private DiagnosticsView.Found sessions(Caller caller, Wanted wanted, People people, Instant now) {
        SessionLists.Filter filter = new SessionLists.Filter(
                wanted.status().map(SessionLists::state),
                wanted.developer(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        List<SessionView> all = lists.page(
                        caller, filter, Optional.empty(), wanted.text().isPresent() ? AMONG : ROWS)
                .items();
        List<SessionView> some = all.stream()
                .filter(session -> wanted.text()
                        .map(text -> words(session).contains(text.toLowerCase(Locale.ROOT)))
                        .orElse(true))
                .limit(ROWS)
                .toList();
        String among = wanted.text().isPresent() ? " among the latest " + AMONG : ", the last seen first";
        return new DiagnosticsView.Found(
                Numbers.grouped(some.size()) + among,
                rows.of(caller, some, people, now),
                List.of(),
                List.of(),
                List.of());
    }

    /** What the reader may see of a session, and so may search. */
    private static String words(SessionView session) {
        return String.join(
                        " ",
                        session.agentName(),
                        session.agent().title(),
                        session.model().orElse(""),
                        session.branch().orElse(""),
                        session.repository().orElse(""),
                        session.task()
                                .map(task -> task.key() + " " + task.title())
                                .orElse(""))
                .toLowerCase(Locale.ROOT);
    }

    private DiagnosticsView.Found tasks(Caller caller, Wanted wanted, People people, Instant now) {
        TaskFilter filter = new TaskFilter(
                wanted.status().map(TaskStatus::of).map(Set::of).orElse(Set.of()),
                wanted.text(),
                Optional.empty(),
                wanted.developer(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false);
        TaskList found = work.find(caller, filter, Optional.empty(), ROWS, AMONG);
        Map<UUID, UsageTotals> used =
                usage.ofTasks(caller, found.items().stream().map(TaskRow::id).toList());
        return new DiagnosticsView.Found(
                found.items().size() + ", the last changed first",
                List.of(),
                found.items().stream()
                        .map(task -> new DiagnosticsView.Task(
                                task.key(),
                                task.title(),
                                task.status().key(),
                                task.status().title(),
                                people.who(task.owner(), Optional.empty()),
                                When.of(task.updatedAt(), now),
                                used.containsKey(task.id())
                                        ? Money.of(used.get(task.id()).costNanos())
                                        : ""))
                        .toList(),
                List.of(),
                List.of());
    }

    private DiagnosticsView.Found agents(Caller caller, Wanted wanted, People people) {
        Period period = periods.last(caller, Periods.USUAL);
        List<AgentsReport.Agent> some = agents.agents(caller, period).stream()
                .filter(agent -> wanted.developer().map(agent.owner()::equals).orElse(true))
                .filter(agent -> wanted.status().map(agent.health()::equals).orElse(true))
                .filter(agent -> wanted.text()
                        .map(text -> (agent.name() + " " + agent.kind() + " " + agent.purpose())
                                .toLowerCase(Locale.ROOT)
                                .contains(text.toLowerCase(Locale.ROOT)))
                        .orElse(true))
                .limit(ROWS)
                .toList();
        return new DiagnosticsView.Found(
                some.size() + ", over the last " + Periods.USUAL + " days",
                List.of(),
                List.of(),
                some.stream()
                        .map(agent -> SpendDrawing.agent(agent, people, period.length()))
                        .toList(),
                List.of());
    }

    private DiagnosticsView.Found spans(Caller caller, Wanted wanted, People people, Instant now) {
        List<Finding.Step> steps = finding.steps(caller, wanted.developer(), wanted.status(), wanted.text(), ROWS);
        return new DiagnosticsView.Found(
                steps.size() + " among the latest " + Numbers.grouped(Finding.AMONG) + " steps",
                List.of(),
                List.of(),
                List.of(),
                steps.stream()
                        .map(step -> new DiagnosticsView.Step(
                                people.who(step.developer(), Optional.of(step.agentType())),
                                step.operation(),
                                step.tool().or(step::model).orElse("Step"),
                                step.status(),
                                step.errorClass().orElse(""),
                                Spans.words(step.durationMillis()),
                                step.session()
                                        .map(id -> "/workstreams/sessions/" + id)
                                        .orElse(""),
                                When.of(step.at(), now)))
                        .toList());
    }
}
