package dev.covibe.console.workstreams;

import dev.covibe.console.coordination.Talk;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Undo;
import dev.covibe.console.sessions.SessionParts;
import dev.covibe.console.sessions.SessionsPart;
import dev.covibe.coordination.blockers.BlockerKind;
import dev.covibe.coordination.blockers.BlockerQueries;
import dev.covibe.coordination.blockers.Blockers;
import dev.covibe.coordination.blockers.NewBlocker;
import dev.covibe.coordination.decisions.DecisionQueries;
import dev.covibe.coordination.decisions.Decisions;
import dev.covibe.coordination.decisions.NewDecision;
import dev.covibe.coordination.messages.MessageQueries;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Outcome;
import dev.covibe.work.Progress;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** One task with its whole story, and what can be done with it (CON-1, WRK-6). */
@Path("/workstreams/tasks/{key}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class TaskPage {

    private static final String HERE = "/workstreams/tasks/";
    private static final int STORY = 200;
    private static final int TALK = 20;

    private final Frames frames;
    private final WorkQueries queries;
    private final Progress progress;
    private final Journal journal;
    private final Blockers blockers;
    private final BlockerQueries blockerQueries;
    private final Decisions decisions;
    private final DecisionQueries decisionQueries;
    private final MessageQueries messageQueries;
    private final SessionParts sessions;
    private final Clock clock;

    TaskPage(
            Frames frames,
            WorkQueries queries,
            Progress progress,
            Journal journal,
            Blockers blockers,
            BlockerQueries blockerQueries,
            Decisions decisions,
            DecisionQueries decisionQueries,
            MessageQueries messageQueries,
            SessionParts sessions,
            Clock clock) {
        this.frames = frames;
        this.queries = queries;
        this.progress = progress;
        this.journal = journal;
        this.blockers = blockers;
        this.blockerQueries = blockerQueries;
        this.decisions = decisions;
        this.decisionQueries = decisionQueries;
        this.messageQueries = messageQueries;
        this.sessions = sessions;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "task")
    static class Templates {
        private Templates() {}

        static native TemplateInstance task(Frame frame, TaskDetail view, SessionsPart sessions);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@PathParam("key") String key) {
        return page(key, "", "");
    }

    @POST
    @Path("/take")
    @Operation(hidden = true)
    public Response take(@PathParam("key") String key) {
        return change(key, caller -> progress.take(caller, Optional.of(key), Optional.empty()));
    }

    /** Ends the task where a summary was written, and moves it otherwise. */
    @POST
    @Path("/status")
    @Operation(hidden = true)
    public Response move(
            @PathParam("key") String key,
            @FormParam("status") @DefaultValue("") String status,
            @FormParam("summary") @DefaultValue("") String summary) {
        return change(key, caller -> {
            TaskStatus to = TaskStatus.of(status);
            return to == TaskStatus.DONE && !summary.isBlank()
                    ? progress.finish(caller, key, Outcome.DONE, summary)
                    : progress.move(caller, key, to);
        });
    }

    /** Takes back what this reader did last to the task. */
    @POST
    @Path("/undo")
    @Operation(hidden = true)
    public Response undo(@PathParam("key") String key) {
        return act(key, "", caller -> progress.takeBack(caller, key));
    }

    private Response change(String key, Function<Caller, TaskView> change) {
        return act(key, "", change::apply, task -> {
            String said = task.key() + " is " + task.status().title().toLowerCase(Locale.ROOT);
            return frames.done(HERE + task.key(), Undo.of(said, HERE + task.key() + "/undo", Map.of()));
        });
    }

    @POST
    @Path("/notes")
    @Operation(hidden = true)
    public Response note(@PathParam("key") String key, @FormParam("note") @DefaultValue("") String note) {
        return act(key, note, caller -> progress.log(caller, key, EventKind.NOTED, note));
    }

    @POST
    @Path("/blockers")
    @Operation(hidden = true)
    public Response block(
            @PathParam("key") String key,
            @FormParam("kind") @DefaultValue("other") String kind,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("needs") Optional<String> needs) {
        return act(key, text, caller -> blockers.raise(caller, new NewBlocker(key, BlockerKind.of(kind), text, needs)));
    }

    @POST
    @Path("/decisions")
    @Operation(hidden = true)
    public Response ask(
            @PathParam("key") String key,
            @FormParam("question") @DefaultValue("") String question,
            @FormParam("options") @DefaultValue("") String options,
            @FormParam("needs") Optional<String> needs) {
        List<String> choices = options.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return act(
                key,
                question,
                caller -> decisions.put(
                        caller,
                        new NewDecision(question, choices, List.of(key), needs, Optional.empty(), Optional.empty())));
    }

    private interface Action<T> {
        T run(Caller caller);
    }

    private Response act(String key, String note, Action<?> action) {
        return act(
                key,
                note,
                action,
                done -> frames.wantsPart()
                        ? Response.noContent().build()
                        : Response.seeOther(URI.create(HERE + key)).build());
    }

    /** A refused action answers the page as it is now, with the reason on it and nothing typed lost. */
    private <T> Response act(String key, String note, Action<T> action, Function<T, Response> answer) {
        Caller caller = frames.caller();
        try {
            return answer.apply(action.run(caller));
        } catch (Refusal.Conflict | Refusal.Invalid refusal) {
            if (frames.wantsPart()) {
                throw refusal;
            }
            return Response.status(refusal.status())
                    .entity(page(key, refusal.getMessage(), note))
                    .build();
        }
    }

    private TemplateInstance page(String key, String error, String note) {
        Caller caller = frames.caller();
        People people = frames.people();
        TaskView task = queries.task(caller, key);
        Storyteller teller = new Storyteller(people, clock.instant(), true);
        Talk talk = new Talk(caller, people, clock.instant());
        TaskDetail view = Tasks.detail(
                task,
                people,
                teller.tell(journal.ofTask(caller, task.id(), STORY)),
                blockerQueries.ofTask(caller, task.id(), TALK).stream()
                        .map(blocker -> talk.blocker(blocker, ""))
                        .toList(),
                decisionQueries.ofTask(caller, task.id(), TALK).stream()
                        .map(talk::decision)
                        .toList(),
                messageQueries.to(caller, task.id(), TALK).stream()
                        .map(talk::message)
                        .toList(),
                error,
                note,
                clock.instant());
        return Templates.task(
                frames.work(task.key() + " " + task.title(), true, people),
                view,
                sessions.ofTask(caller, task.id(), people, clock.instant()));
    }
}
