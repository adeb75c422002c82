package dev.covibe.mcp;

import dev.covibe.agents.SessionQueries;
import dev.covibe.agents.SessionView;
import dev.covibe.coordination.blockers.BlockerQueries;
import dev.covibe.coordination.blockers.BlockerView;
import dev.covibe.coordination.decisions.DecisionQueries;
import dev.covibe.coordination.decisions.DecisionView;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskList;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.WorkQueries;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where the workspace, or one of its people, stands at this moment: a bounded part of each, as Markdown. */
@Singleton
class Standing {

    private static final int MOST = 10;
    private static final int MOST_SESSIONS = 20;
    private static final Set<TaskStatus> UNDER_WAY = Set.of(TaskStatus.IN_PROGRESS, TaskStatus.IN_REVIEW);

    private final WorkQueries work;
    private final SessionQueries sessions;
    private final BlockerQueries blockers;
    private final DecisionQueries decisions;
    private final Developers developers;

    Standing(
            WorkQueries work,
            SessionQueries sessions,
            BlockerQueries blockers,
            DecisionQueries decisions,
            Developers developers) {
        this.work = work;
        this.sessions = sessions;
        this.blockers = blockers;
        this.decisions = decisions;
        this.developers = developers;
    }

    /** @param figures name to count */
    record Told(String markdown, Map<String, Long> figures) {}

    Told workspace(Caller caller) {
        Map<String, Long> figures = counts(caller, TaskFilter.ALL);
        List<SessionView> active = sessions.open(caller, MOST_SESSIONS);
        List<BlockerView> blocked = blockers.open(caller, MOST);
        List<DecisionView> wanted = decisions.wanted(caller, MOST);
        figures.put("agents", (long) active.size());
        figures.put("blockers", (long) blockers.openCount(caller));
        figures.put("decisions_wanted", (long) decisions.wantedCount(caller));
        TaskList underWay = work.find(caller, TaskFilter.ALL.withStatuses(UNDER_WAY), Optional.empty(), MOST);
        return new Told(
                "# The workspace now\n\n" + sentence(figures)
                        + section("Agents", present(active))
                        + section("Under way", lines(underWay))
                        + section(
                                "Blocked",
                                BlockerLine.lines(
                                        blocked.stream().map(BlockerLine::of).toList()))
                        + section(
                                "Decisions wanted",
                                DecisionLine.lines(
                                        wanted.stream().map(DecisionLine::of).toList()))
                        + section(
                                "Ready",
                                TaskLine.lines(work.ready(caller, MOST).stream()
                                        .map(TaskLine::of)
                                        .toList())),
                figures);
    }

    /** @param handle whose; empty: the caller's */
    Told developer(Caller caller, Optional<String> handle) {
        String who =
                developers.named(caller, handle.orElse(caller.handle()), "id").handle();
        TaskFilter theirs = TaskFilter.ALL.withOwner(who);
        Map<String, Long> figures = counts(caller, theirs);
        List<SessionView> active = sessions.open(caller, MOST_SESSIONS).stream()
                .filter(session -> session.developer().equals(who))
                .toList();
        List<BlockerView> needed = blockers.open(caller, MOST_SESSIONS).stream()
                .filter(blocker -> blocker.needs().filter(who::equals).isPresent()
                        || blocker.raisedBy().equals(who))
                .toList();
        figures.put("agents", (long) active.size());
        figures.put("blockers", (long) needed.size());
        TaskList underWay = work.find(caller, theirs.withStatuses(UNDER_WAY), Optional.empty(), MOST);
        TaskList planned = work.find(caller, theirs.withStatuses(Set.of(TaskStatus.PLANNED)), Optional.empty(), MOST);
        TaskList done = work.find(caller, theirs.withStatuses(Set.of(TaskStatus.DONE)), Optional.empty(), MOST);
        return new Told(
                "# @" + who + " now\n\n" + sentence(figures)
                        + section("Agents", present(active))
                        + section("Under way", lines(underWay))
                        + section(
                                "Blocked or needed",
                                BlockerLine.lines(
                                        needed.stream().map(BlockerLine::of).toList()))
                        + section("Planned", lines(planned))
                        + section("Done last", lines(done)),
                figures);
    }

    private Map<String, Long> counts(Caller caller, TaskFilter filter) {
        Map<TaskStatus, Long> counts = work.counts(caller, filter);
        Map<String, Long> figures = new LinkedHashMap<>();
        for (TaskStatus status : TaskStatus.values()) {
            figures.put(status.key(), counts.getOrDefault(status, 0L));
        }
        return figures;
    }

    private static String sentence(Map<String, Long> figures) {
        return figures.entrySet().stream()
                        .filter(figure -> figure.getValue() > 0)
                        .map(figure -> figure.getValue() + " " + figure.getKey().replace('_', ' '))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private static String present(List<SessionView> active) {
        return active.stream()
                .map(session -> Presence.of(session).line()
                        + session.repository().map(name -> " in " + name).orElse(""))
                .collect(Collectors.joining());
    }

    private static String lines(TaskList tasks) {
        return TaskLine.lines(tasks.items().stream().map(TaskLine::of).toList());
    }

    private static String section(String title, String lines) {
        return lines.isEmpty() ? "" : "\n\n## " + title + "\n" + lines;
    }
}
