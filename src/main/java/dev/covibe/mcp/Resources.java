package dev.covibe.mcp;

import dev.covibe.agents.CurrentSession;
import dev.covibe.agents.Sessions;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.journal.Journal;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import io.quarkiverse.mcp.server.McpException;
import io.quarkiverse.mcp.server.PromptManager;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkiverse.mcp.server.ResourceManager;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkiverse.mcp.server.ResourceTemplateManager;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** What a person can attach to a conversation in their client (MCP-6): the briefing, a task, and a way to begin. */
@ApplicationScoped
class Resources {

    static final String BRIEFING = "covibe://briefing";

    private static final String TASK = "covibe://task/{key}";
    private static final String MARKDOWN = "text/markdown";
    private static final int NOT_FOUND = -32002;
    private static final int MOST_OF_THE_STORY = 20;

    private static final String PLAN = """
            I want to make this change: %s

            Before you edit anything, use Co-Vibe:
            1. start_session with this repository's remote, branch and worktree, and read the briefing.
            2. find_work with the telling words, to see what is planned or decided about it already.
            3. check_overlap with a title, a description, the paths you will touch and references. If somebody is on \
            it, tell me who and what, and stop.
            4. Otherwise show me the plan: title, description, paths, what it waits for. When I agree, call plan and \
            take_task, claim the paths, and begin.
            """;

    private final Transactions transactions;
    private final CurrentCaller callers;
    private final Sessions sessions;
    private final Standing standing;
    private final News news;
    private final WorkQueries work;
    private final Journal journal;

    Resources(
            Transactions transactions,
            CurrentCaller callers,
            Sessions sessions,
            Standing standing,
            News news,
            WorkQueries work,
            Journal journal) {
        this.transactions = transactions;
        this.callers = callers;
        this.sessions = sessions;
        this.standing = standing;
        this.news = news;
        this.work = work;
        this.journal = journal;
    }

    void open(
            @Observes StartupEvent event,
            ResourceManager resources,
            ResourceTemplateManager templates,
            PromptManager prompts) {
        resources
                .newResource("briefing")
                .setUri(BRIEFING)
                .setTitle("Briefing")
                .setDescription("Your work, messages that wait, open blockers and recent decisions")
                .setMimeType(MARKDOWN)
                .setHandler(asked -> read(asked.requestUri().value(), this::briefing), true)
                .register();
        templates
                .newResourceTemplate("task")
                .setUriTemplate(TASK)
                .setTitle("Task")
                .setDescription("A task with its story, such as covibe://task/WEB-12")
                .setMimeType(MARKDOWN)
                .setHandler(
                        asked -> read(
                                asked.requestUri().value(),
                                caller -> task(caller, asked.args().get("key"))),
                        true)
                .register();
        prompts.newPrompt("plan_my_change")
                .setTitle("Plan my change")
                .setDescription("Check who is on it, then plan a change with your agent before it edits")
                .addArgument("change", "What you want to change", true)
                .setHandler(
                        asked -> PromptResponse.withMessages(PromptMessage.withUserRole(
                                PLAN.formatted(asked.args().get("change")))),
                        true)
                .register();
    }

    private ResourceResponse read(String uri, Function<Caller, String> text) {
        Caller caller = callers.get();
        try {
            String markdown = transactions.in(caller.place(), () -> text.apply(caller));
            return new ResourceResponse(new TextResourceContents(uri, markdown, MARKDOWN));
        } catch (Refusal refusal) {
            throw new McpException(refusal.getMessage(), NOT_FOUND);
        }
    }

    private String briefing(Caller caller) {
        Optional<CurrentSession> session = sessions.current(caller, Optional.empty(), Optional.empty());
        Optional<UUID> task = session.flatMap(CurrentSession::task)
                .map(key -> work.task(caller, key).id());
        Caller reader = session.map(current -> current.of(caller)).orElse(caller);
        return standing.developer(caller, Optional.empty()).markdown() + "\n"
                + news.tell(reader, task).words();
    }

    private String task(Caller caller, String key) {
        TaskView task = work.task(caller, key);
        List<StoryLine> story = journal.ofTask(caller, task.id(), MOST_OF_THE_STORY).stream()
                .map(StoryLine::of)
                .toList();
        return TakeTaskTool.words("# ", task, story);
    }
}
