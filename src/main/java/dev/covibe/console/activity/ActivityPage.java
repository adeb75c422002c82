package dev.covibe.console.activity;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Markdown;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Typed;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.console.workstreams.StoryEntry;
import dev.covibe.console.workstreams.Storyteller;
import dev.covibe.identity.Caller;
import dev.covibe.insight.activity.Activity;
import dev.covibe.insight.activity.Completion;
import dev.covibe.journal.WorkEvent;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Workspaces;
import dev.covibe.work.ProjectView;
import dev.covibe.work.Projects;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /activity}: what was completed, and everything that happened (CON-6). */
@Path("/activity")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class ActivityPage {

    private static final int ROWS = 50;

    private final Frames frames;
    private final Activity activity;
    private final Projects projects;
    private final Workspaces workspaces;
    private final Clock clock;

    ActivityPage(Frames frames, Activity activity, Projects projects, Workspaces workspaces, Clock clock) {
        this.frames = frames;
        this.activity = activity;
        this.projects = projects;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /**
     * @param url this view's own address, which live updates read again
     * @param older the address of what came before, empty at the end
     * @param newest the address of the first page, empty on it
     */
    record View(
            boolean events,
            String completedUrl,
            String eventsUrl,
            String url,
            String older,
            String newest,
            List<ActivityFilter.Chip> chips,
            String from,
            String to,
            boolean set,
            String clear,
            List<Done> done,
            List<Line> lines) {}

    /** @param took "2 d 4 h", empty where nobody knows when it began */
    record Done(
            String id,
            boolean workstream,
            String key,
            String title,
            String url,
            Who owner,
            String stream,
            String took,
            When ended,
            String summary) {}

    /** @param url the page of what it is about, empty where it has none */
    record Line(StoryEntry entry, String url, String key) {}

    @CheckedTemplate(basePath = "activity")
    static class Templates {
        private Templates() {}

        static native TemplateInstance activity(Frame frame, ActivityPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@BeanParam ActivityFilter filter) {
        Caller caller = frames.caller();
        People people = frames.people();
        Instant now = clock.instant();
        ZoneId zone = workspaces.calendar(caller.place()).zone();
        Activity.Filter wanted = filter.wanted(zone);
        Optional<Cursor> after = Typed.text(filter.cursor).map(Cursor::of);
        List<Done> done = List.of();
        List<Line> lines = List.of();
        Optional<String> next;
        if (filter.isEvents()) {
            Page<WorkEvent> page = activity.events(caller, wanted, after, ROWS);
            lines = lines(page.items(), people, now);
            next = page.cursor();
        } else {
            Page<Completion> page = activity.completions(caller, wanted, after, ROWS);
            done = page.items().stream().map(one -> done(one, people, now)).toList();
            next = page.cursor();
        }
        View view = new View(
                filter.isEvents(),
                filter.address(Optional.empty(), Optional.empty()),
                filter.address(Optional.of("events"), Optional.empty()),
                filter.address(Typed.text(filter.cursor)),
                next.map(cursor -> filter.address(Optional.of(cursor))).orElse(""),
                after.isPresent() ? filter.address(Optional.empty()) : "",
                filter.chips(
                        people,
                        projects.list(caller).stream().map(ProjectView::key).toList()),
                Typed.text(filter.from).orElse(""),
                Typed.text(filter.to).orElse(""),
                filter.isSet(),
                filter.isEvents() ? "/activity?view=events" : "/activity",
                done,
                lines);
        return Templates.activity(frames.frame("Activity", "activity", true, people), view);
    }

    private static Done done(Completion done, People people, Instant now) {
        boolean workstream = done.kind().equals("workstream");
        return new Done(
                done.id().toString(),
                workstream,
                done.key(),
                done.title(),
                (workstream ? "/workstreams/" : "/workstreams/tasks/") + done.key(),
                people.who(done.owner(), done.agent()),
                done.workstream().orElse(""),
                done.started()
                        .map(began -> took(Duration.between(began, done.ended())))
                        .orElse(""),
                When.of(done.ended(), now),
                Markdown.html(done.summary()));
    }

    private static String took(Duration time) {
        if (time.toMinutes() < 60) {
            return Math.max(1, time.toMinutes()) + " min";
        }
        return time.toHours() < 48
                ? time.toHours() + " h"
                : time.toDays() + " d" + (time.toHoursPart() == 0 ? "" : " " + time.toHoursPart() + " h");
    }

    private static List<Line> lines(List<WorkEvent> events, People people, Instant now) {
        List<StoryEntry> told = new Storyteller(people, now, false).tell(events).reversed();
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            WorkEvent event = events.get(i);
            lines.add(new Line(told.get(i), url(event), event.subject().key()));
        }
        return lines;
    }

    private static String url(WorkEvent event) {
        return switch (event.subject().kind()) {
            case "task" -> "/workstreams/tasks/" + event.subject().key();
            case "workstream" -> "/workstreams/" + event.subject().key();
            case "session" -> "/workstreams/sessions/" + event.subject().id();
            case "decision", "message", "claim" -> "/coordination";
            case "repository" -> "/coordination/graph";
            default -> "";
        };
    }
}
