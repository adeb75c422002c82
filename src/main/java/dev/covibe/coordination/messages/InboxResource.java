package dev.covibe.coordination.messages;

import dev.covibe.agents.Sessions;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's inbox over REST, also for programs that keep a copy of it for an agent. */
@Path("/api/inbox")
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class InboxResource {

    private final CurrentCaller current;
    private final Sessions sessions;
    private final Messages messages;
    private final MessageQueries queries;

    InboxResource(CurrentCaller current, Sessions sessions, Messages messages, MessageQueries queries) {
        this.current = current;
        this.sessions = sessions;
        this.messages = messages;
        this.queries = queries;
    }

    @GET
    @Operation(
            summary = "Look into the inbox",
            description =
                    "Changes nothing. Unread messages come urgent first, then the oldest; with `unread_only=false`"
                            + " everything, the newest first. `session` looks as one of your open sessions.")
    @APIResponse(responseCode = "200", description = "Messages, and how many wait to be acknowledged")
    @APIResponse(responseCode = "404", description = "No such session of yours")
    @APIResponse(responseCode = "409", description = "The session has ended: its inbox is yours")
    public InboxView look(
            @QueryParam("unread_only") @DefaultValue("true") boolean unreadOnly,
            @QueryParam("session") Optional<UUID> session,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        Caller caller = acting(session);
        int most = Page.limit(limit, 50);
        return unreadOnly
                ? queries.unread(caller, Reader.of(caller), most)
                : queries.all(caller, Reader.of(caller), cursor, most);
    }

    /**
     * @param messages at most 200 ids
     * @param session the open session of yours that has read them
     */
    @RegisterForReflection
    public record Acknowledgement(List<UUID> messages, Optional<UUID> session) {}

    /** @param unread how many wait still */
    @RegisterForReflection
    public record Left(int unread) {}

    @POST
    @Path("/acknowledgements")
    @Operation(
            summary = "Acknowledge messages",
            description = "Takes them out of the inbox by which they reached you. All or none; again is no harm.")
    @APIResponse(responseCode = "200", description = "How many wait still")
    @APIResponse(responseCode = "404", description = "`message.unknown`: one of them never was in your inbox")
    @APIResponse(responseCode = "409", description = "The session has ended")
    public Left acknowledge(Acknowledgement body) {
        if (body == null || body.messages() == null || body.messages().size() > Page.MOST) {
            throw Refusal.invalidField("/messages", "Name 1 to " + Page.MOST + " messages.");
        }
        Caller caller = acting(body.session());
        messages.acknowledge(caller, Reader.of(caller), body.messages());
        return new Left(queries.unread(caller, Reader.of(caller), 1).unread());
    }

    private Caller acting(Optional<UUID> session) {
        Caller caller = current.get();
        return session.flatMap(id -> sessions.current(caller, Optional.of(id), Optional.empty()))
                .map(found -> found.of(caller))
                .orElse(caller);
    }
}
