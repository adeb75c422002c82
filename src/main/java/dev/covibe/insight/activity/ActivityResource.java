package dev.covibe.insight.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.WorkEvent;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The activity over REST. */
@Path("/api/activity")
@Tag(name = "Activity")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ActivityResource {

    private static final int USUAL = 50;

    private final CurrentCaller current;
    private final Activity activity;

    ActivityResource(CurrentCaller current, Activity activity) {
        this.current = current;
        this.activity = activity;
    }

    /**
     * @param subject what people call it: {@code WEB-12}
     * @param agent the kind of agent that acted; absent for a person
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Event(
            UUID id,
            Instant at,
            EventKind kind,
            String subjectKind,
            String subject,
            String developer,
            Optional<String> agent,
            Optional<UUID> session,
            JsonNode payload) {

        static Event of(WorkEvent event) {
            return new Event(
                    event.id(),
                    event.at(),
                    event.kind(),
                    event.subject().kind(),
                    event.subject().key(),
                    event.handle(),
                    event.agent(),
                    event.sessionId(),
                    event.payload());
        }
    }

    @GET
    @Path("/events")
    @Operation(
            summary = "Read what happened",
            description = "The newest first. `topic` is plans, progress, help, messages, claims, overlaps, sessions or"
                    + " repositories; `agent` a kind of agent, or person; `project` its key.")
    @APIResponse(responseCode = "200", description = "A page of events")
    public Page<Event> events(
            @QueryParam("topic") Optional<String> topic,
            @QueryParam("developer") Optional<String> developer,
            @QueryParam("agent") Optional<String> agent,
            @QueryParam("project") Optional<String> project,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        Activity.Filter filter = new Activity.Filter(
                topic.map(Topic::of), developer, agent, project, Optional.empty(), Optional.empty());
        return activity.events(current.get(), filter, cursor.map(Cursor::of), Page.limit(limit, USUAL))
                .map(Event::of);
    }

    @GET
    @Path("/completions")
    @Operation(
            summary = "Read what was completed",
            description = "Tasks and workstreams that were done, with their completion summaries, the last first.")
    @APIResponse(responseCode = "200", description = "A page of completions")
    public Page<Completion> completions(
            @QueryParam("developer") Optional<String> developer,
            @QueryParam("project") Optional<String> project,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        Activity.Filter filter = new Activity.Filter(
                Optional.empty(), developer, Optional.empty(), project, Optional.empty(), Optional.empty());
        return activity.completions(current.get(), filter, cursor.map(Cursor::of), Page.limit(limit, USUAL));
    }
}
