package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Markdown;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.sessions.SessionParts;
import dev.covibe.console.sessions.SessionsPart;
import dev.covibe.identity.Caller;
import dev.covibe.journal.Journal;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Outcome;
import dev.covibe.work.Progress;
import dev.covibe.work.WorkstreamQueries;
import dev.covibe.work.WorkstreamView;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** One workstream: its goal, how far it is, its tasks, its story (CON-1, WRK-3). */
@Path("/workstreams/{key: [Ww][Ss]-\\d{1,9}}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class WorkstreamPage {

    private static final int STORY = 100;

    private final Frames frames;
    private final WorkstreamQueries queries;
    private final WorkPage work;
    private final Progress progress;
    private final Journal journal;
    private final SessionParts sessions;
    private final Clock clock;

    WorkstreamPage(
            Frames frames,
            WorkstreamQueries queries,
            WorkPage work,
            Progress progress,
            Journal journal,
            SessionParts sessions,
            Clock clock) {
        this.frames = frames;
        this.queries = queries;
        this.work = work;
        this.progress = progress;
        this.journal = journal;
        this.sessions = sessions;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "workstream")
    static class Templates {
        private Templates() {}

        static native TemplateInstance workstream(Frame frame, WorkstreamDetail view, SessionsPart sessions);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@PathParam("key") String key) {
        return page(key, "");
    }

    @POST
    @Path("/completion")
    @Operation(hidden = true)
    public Response complete(@PathParam("key") String key, @FormParam("summary") @DefaultValue("") String summary) {
        try {
            progress.finishWorkstream(frames.caller(), key, Outcome.DONE, summary);
            return Response.seeOther(URI.create("/workstreams/" + key)).build();
        } catch (Refusal.Conflict | Refusal.Invalid refusal) {
            return Response.status(refusal.status())
                    .entity(page(key, refusal.getMessage()))
                    .build();
        }
    }

    private TemplateInstance page(String key, String error) {
        Caller caller = frames.caller();
        People people = frames.people();
        Instant now = clock.instant();
        WorkstreamView stream = queries.get(caller, key);
        WorkFilter filter = new WorkFilter();
        filter.workstream = Optional.of(stream.key());
        List<WorkstreamsView.Group> groups = work.groups(caller, filter, people, now);
        WorkstreamDetail view = new WorkstreamDetail(
                stream.key(),
                stream.name(),
                state(stream),
                Markdown.html(stream.goal()),
                stream.status().title(),
                stream.status().isOpen(),
                people.who(stream.owner(), Optional.empty()),
                Streams.due(stream.targetDate(), now),
                Streams.isLate(stream, now),
                Streams.progress(stream.counts()),
                stream.summary().map(Markdown::html).orElse(""),
                groups,
                groups.stream().mapToInt(WorkstreamsView.Group::count).sum(),
                new Storyteller(people, now, false).tell(journal.ofWorkstream(caller, stream.id(), STORY)),
                error);
        return Templates.workstream(
                frames.work(stream.key() + " " + stream.name(), true, people),
                view,
                sessions.ofWorkstream(caller, stream.id(), people, now));
    }

    private static String state(WorkstreamView stream) {
        int left = stream.counts().total() - stream.counts().done();
        if (!stream.status().isOpen()) {
            return stream.status().title() + ".";
        }
        if (stream.counts().total() == 0) {
            return "No task belongs to it yet.";
        }
        String active = stream.counts().inProgress() == 0
                ? "Nothing is"
                : stream.counts().inProgress() + " are";
        String verb = stream.counts().inProgress() == 1 ? "1 is" : active;
        return verb + " in progress, " + Numbers.grouped(left) + " to go.";
    }
}
