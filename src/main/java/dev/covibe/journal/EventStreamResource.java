package dev.covibe.journal;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** The live stream of a workspace (CRD-1). */
@Path("/api/events/stream")
@Tag(name = "Events")
public class EventStreamResource {

    private final EventStreams streams;
    private final CurrentCaller current;

    EventStreamResource(EventStreams streams, CurrentCaller current) {
        this.streams = streams;
        this.current = current;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RunOnVirtualThread
    @Operation(summary = "Follow what happens in the workspace", description = """
                    Server-sent events. `work` names what changed; `reload` says that too much was missed to tell it \
                    singly, or that the database was restored meanwhile; `closing` announces a restart, or that you may no longer look. Send `Last-Event-ID` to resume without a gap.""")
    public void follow(
            @HeaderParam("Last-Event-ID") Optional<String> lastEventId,
            @Parameter(
                            description =
                                    "Where to begin without a `Last-Event-ID`: the id of an event, or the position that a page of the console was drawn at")
                    @RestQuery
                    Optional<String> after,
            @Context SseEventSink sink) {
        Caller caller = current.get();
        streams.open(caller, position(lastEventId, after), sink);
    }

    /** A browser that comes back has seen more than the page that it came from. */
    private static Optional<StreamPosition> position(Optional<String> lastEventId, Optional<String> after) {
        return lastEventId.isPresent()
                ? lastEventId.flatMap(StreamPosition::of)
                : after.map(text -> StreamPosition.of(text)
                        .orElseThrow(() -> Refusal.invalid(
                                "events.unknown-position",
                                "after is not a position: give the id of an event of this stream.")));
    }
}
