package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.text;

import dev.covibe.agents.SessionQueries;
import dev.covibe.agents.SessionStart;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.Sessions;
import dev.covibe.coordination.claims.ClaimQueries;
import dev.covibe.identity.Caller;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Workspaces;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskList;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code start_session}: one call, and an agent knows everything relevant. */
@ApplicationScoped
class StartSessionTool implements McpTool {

    private static final int MOST_OF_MINE = 10;
    private static final int MOST_READY = 5;
    private static final int MOST_ACTIVE = 10;
    private static final int MOST_CLAIMS = 20;
    private static final TaskFilter MINE = TaskFilter.ALL
            .withStatuses(Set.of(TaskStatus.PLANNED, TaskStatus.IN_PROGRESS, TaskStatus.IN_REVIEW))
            .withOwner("me");

    private final Sessions sessions;
    private final SessionQueries sessionQueries;
    private final ClaimQueries claimQueries;
    private final WorkQueries work;
    private final Workspaces workspaces;
    private final News news;
    private final Answers answers;

    StartSessionTool(
            Sessions sessions,
            SessionQueries sessionQueries,
            ClaimQueries claimQueries,
            WorkQueries work,
            Workspaces workspaces,
            News news,
            Answers answers) {
        this.sessions = sessions;
        this.sessionQueries = sessionQueries;
        this.claimQueries = claimQueries;
        this.work = work;
        this.workspaces = workspaces;
        this.news = news;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "start_session",
                "Open or resume your session; answers a briefing. Call first.",
                ToolShape.Effect.ADDS,
                List.of(
                        text("repository", "Git remote URL").wanted(),
                        text("branch", "Git branch"),
                        text("worktree", "Worktree name"),
                        text("agent_name", "E.g. claude-code"),
                        text("agent_version", "Version"),
                        text("model", "Model"),
                        text("task", "E.g. WEB-12"),
                        text("parent_session", "Who started you"),
                        text("resume", "Session id")),
                List.of(
                        "session",
                        "developer",
                        "workspace",
                        "my_tasks",
                        "ready",
                        "active",
                        "claims",
                        "messages",
                        "blockers",
                        "decisions"));
    }

    @Override
    public boolean opensSession() {
        return true;
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        Caller caller = call.caller();
        Sessions.Started started = sessions.start(
                caller,
                new SessionStart(
                        arguments.wanted("repository"),
                        arguments.text("branch"),
                        arguments.text("worktree"),
                        arguments.text("agent_name"),
                        arguments.text("agent_version"),
                        arguments.text("model"),
                        arguments.text("task"),
                        arguments.id("parent_session"),
                        arguments.id("resume"),
                        call.mcpSession()));
        SessionView session = started.session();
        TaskList mine = work.find(caller, MINE, Optional.empty(), MOST_OF_MINE, Page.MOST);
        List<TaskLine> myTasks = mine.items().stream().map(TaskLine::of).toList();
        List<TaskLine> ready =
                work.ready(caller, MOST_READY).stream().map(TaskLine::of).toList();
        List<Presence> active = session
                .repository()
                .map(repository -> sessionQueries.inRepository(caller, repository, session.id(), MOST_ACTIVE))
                .orElse(List.of())
                .stream()
                .map(Presence::of)
                .toList();
        List<ClaimLine> claims = session.repository()
                .map(repository -> ClaimLine.of(claimQueries.inRepository(caller, repository, MOST_CLAIMS)))
                .orElse(List.of());
        Workspaces.Names names = workspaces.names(caller.place());

        News.Told told = news.tell(
                caller.in(new Caller.Session(session.id(), session.agent().key())),
                session.task().map(ItemRef::id));

        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("session", SessionLine.of(session, started.resumed()));
        structured.put("developer", Map.of("handle", caller.handle()));
        structured.put("workspace", Map.of("name", names.workspace(), "company", names.tenant()));
        structured.put("my_tasks", myTasks);
        structured.put("my_tasks_total", mine.total());
        structured.put("ready", ready);
        structured.put("active", active);
        structured.put("claims", claims);
        structured.put("messages", told.messages());
        structured.put("unread", told.unread());
        structured.put("blockers", told.blockers());
        structured.put("decisions", told.decisions());
        return answers.of(
                structured,
                briefing(caller, started, names, mine.total(), myTasks, ready, active, claims) + told.words());
    }

    private static String briefing(
            Caller caller,
            Sessions.Started started,
            Workspaces.Names names,
            long mineInAll,
            List<TaskLine> mine,
            List<TaskLine> ready,
            List<Presence> active,
            List<ClaimLine> claims) {
        SessionView session = started.session();
        return "Session " + session.id() + (started.resumed() ? " resumed" : " started") + " for @" + caller.handle()
                + " in " + names.workspace()
                + session.repository().map(name -> ", " + name).orElse("")
                + session.branch().map(branch -> " on " + branch).orElse("") + "."
                + section("Your tasks (" + mineInAll + ")", TaskLine.lines(mine))
                + section("Ready to take", TaskLine.lines(ready))
                + section("Active here", active.stream().map(Presence::line).collect(Collectors.joining()))
                + section("Claimed here", ClaimLine.lines(claims));
    }

    private static String section(String title, String lines) {
        return "\n" + title + ":" + (lines.isEmpty() ? " none" : lines);
    }
}
