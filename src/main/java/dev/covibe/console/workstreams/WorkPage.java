package dev.covibe.console.workstreams;

import dev.covibe.agents.alerts.Alerts;
import dev.covibe.agents.usage.UsageAccounts;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Typed;
import dev.covibe.identity.Caller;
import dev.covibe.work.ProjectView;
import dev.covibe.work.Projects;
import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskList;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.WorkQueries;
import dev.covibe.work.WorkstreamQueries;
import dev.covibe.work.WorkstreamStatus;
import dev.covibe.work.WorkstreamView;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Puts the page of work together: streams, filters, and the tasks of each status, a bounded part of each. */
@ApplicationScoped
class WorkPage {

    private static final int ROWS = 50;
    private static final int CLOSED_ROWS = 10;
    private static final int STREAMS = 5;
    private static final int ALL_STREAMS = 200;

    private static final List<TaskStatus> LIST = List.of(
            TaskStatus.IN_PROGRESS,
            TaskStatus.IN_REVIEW,
            TaskStatus.PLANNED,
            TaskStatus.BACKLOG,
            TaskStatus.DONE,
            TaskStatus.CANCELLED);
    private static final List<TaskStatus> BOARD = List.of(
            TaskStatus.BACKLOG, TaskStatus.PLANNED, TaskStatus.IN_PROGRESS, TaskStatus.IN_REVIEW, TaskStatus.DONE);

    private final WorkQueries queries;
    private final WorkstreamQueries streams;
    private final Projects projects;
    private final UsageAccounts accounts;
    private final Alerts alerts;
    private final Clock clock;

    WorkPage(
            WorkQueries queries,
            WorkstreamQueries streams,
            Projects projects,
            UsageAccounts accounts,
            Alerts alerts,
            Clock clock) {
        this.queries = queries;
        this.streams = streams;
        this.projects = projects;
        this.accounts = accounts;
        this.alerts = alerts;
        this.clock = clock;
    }

    WorkstreamsView view(Caller caller, WorkFilter filter, People people, String connect) {
        Map<TaskStatus, Long> all = new EnumMap<>(TaskStatus.class);
        all.putAll(queries.counts(caller, TaskFilter.ALL));
        List<WorkstreamView> open = streams.list(
                        caller,
                        Set.of(WorkstreamStatus.PLANNED, WorkstreamStatus.ACTIVE),
                        Optional.empty(),
                        ALL_STREAMS)
                .items();
        boolean cut = open.size() > STREAMS && !filter.allStreams();
        Instant now = clock.instant();
        List<WorkstreamView> shown =
                open.stream().limit(cut ? STREAMS : ALL_STREAMS).toList();
        Map<UUID, UsageTotals> used = accounts.ofWorkstreams(
                caller, shown.stream().map(WorkstreamView::id).toList());
        List<WorkstreamsView.Group> groups = groups(caller, filter, people, now);
        return new WorkstreamsView(
                state(caller, all),
                alerts(alerts.wanting(caller)),
                filter.address(),
                all.isEmpty() && open.isEmpty() && !filter.isSet(),
                shown.stream()
                        .map(stream ->
                                Streams.line(stream, used.getOrDefault(stream.id(), UsageTotals.NONE), people, now))
                        .toList(),
                open.size(),
                cut ? filter.addressOfAllStreams() : "",
                groups.stream().mapToInt(WorkstreamsView.Group::count).sum(),
                groups,
                filter.isBoard(),
                filters(caller, filter, people, open),
                connect);
    }

    private static String alerts(long wanting) {
        if (wanting == 0) {
            return "";
        }
        return wanting == 1 ? "1 alert wants somebody." : Numbers.grouped(wanting) + " alerts want somebody.";
    }

    private String state(Caller caller, Map<TaskStatus, Long> all) {
        if (all.isEmpty()) {
            return "Nothing is planned yet.";
        }
        long ready = queries.find(caller, TaskFilter.ALL.onlyReady(), Optional.empty(), 1)
                .total();
        long blocked = queries.find(caller, TaskFilter.ALL.onlyBlocked(), Optional.empty(), 1)
                .total();
        List<String> parts = Stream.of(
                        part(all.getOrDefault(TaskStatus.IN_PROGRESS, 0L), "in progress"),
                        part(all.getOrDefault(TaskStatus.IN_REVIEW, 0L), "in review"),
                        part(blocked, "blocked"),
                        part(ready, "ready to take"))
                .flatMap(Optional::stream)
                .toList();
        return parts.isEmpty() ? "Nothing is under way." : String.join(", ", parts) + ".";
    }

    private static Optional<String> part(long count, String words) {
        return count == 0 ? Optional.empty() : Optional.of(Numbers.grouped(count) + " " + words);
    }

    List<WorkstreamsView.Group> groups(Caller caller, WorkFilter filter, People people, Instant now) {
        TaskFilter tasks = filter.tasks();
        List<WorkstreamsView.Group> groups = new ArrayList<>();
        for (TaskStatus status : filter.isBoard() ? BOARD : LIST) {
            if (!tasks.statuses().isEmpty() && !tasks.statuses().contains(status)) {
                continue;
            }
            WorkstreamsView.Group group = group(caller, status, filter, filter.cursor, people, now);
            if (group.count() > 0 || filter.isBoard()) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** One status from a position on; also what "Show more" asks for. */
    WorkstreamsView.Group group(
            Caller caller, TaskStatus status, WorkFilter filter, Optional<String> from, People people, Instant now) {
        int rows = status.isOpen() || from.isPresent() ? ROWS : CLOSED_ROWS;
        TaskList found = queries.find(caller, filter.tasks().withStatuses(Set.of(status)), from, rows);
        return new WorkstreamsView.Group(
                status.key(),
                status.title(),
                Math.toIntExact(found.total()),
                found.items().stream()
                        .map(task -> Lines.line(task, people, now))
                        .toList(),
                found.cursor().map(cursor -> filter.addressFrom(status, cursor)).orElse(""),
                "Show " + ROWS + " more");
    }

    private WorkstreamsView.Filters filters(
            Caller caller, WorkFilter filter, People people, List<WorkstreamView> open) {
        return new WorkstreamsView.Filters(
                filter.q.orElse(""),
                List.of(
                        choice(
                                "status",
                                "Status",
                                "Any status",
                                filter.status,
                                Stream.of(TaskStatus.values()).map(status -> new Option(status.key(), status.title()))),
                        new WorkstreamsView.Filter("owner", "Owner", owners(people, filter.owner.orElse(""))),
                        choice(
                                "project",
                                "Project",
                                "Any project",
                                filter.project,
                                projects.list(caller).stream()
                                        .map(ProjectView::key)
                                        .map(key -> new Option(key, key))),
                        choice(
                                "workstream",
                                "Workstream",
                                "Any workstream",
                                filter.workstream,
                                open.stream().map(stream -> new Option(stream.key(), stream.name()))),
                        choice(
                                "label",
                                "Label",
                                "Any label",
                                filter.label,
                                queries.labels(caller).stream().map(label -> new Option(label, label)))),
                filter.isSet(),
                filter.clear());
    }

    private record Option(String value, String word) {}

    /** What the address asks for is always among the choices, even where the list is cut before it. */
    private static WorkstreamsView.Filter choice(
            String name, String label, String any, Optional<String> given, Stream<Option> options) {
        String chosen = Typed.text(given).orElse("");
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", any, chosen.isEmpty()));
        options.forEach(option -> choices.add(
                new Choice(option.value(), option.word(), option.value().equals(chosen))));
        if (choices.stream().noneMatch(Choice::chosen)) {
            choices.add(new Choice(chosen, chosen, true));
        }
        return new WorkstreamsView.Filter(name, label, choices);
    }

    private static List<Choice> owners(People people, String chosen) {
        List<Choice> choices = new ArrayList<>(people.choices("Any owner", chosen));
        choices.add(1, new Choice("nobody", "Nobody", chosen.equals("nobody")));
        choices.add(1, new Choice("me", "Me", chosen.equals("me")));
        return choices;
    }
}
