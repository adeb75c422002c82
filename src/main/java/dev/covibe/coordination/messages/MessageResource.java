package dev.covibe.coordination.messages;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Messages over REST. */
@Path("/api/messages")
@Tag(name = "Messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MessageResource {

    private final CurrentCaller current;
    private final Messages messages;
    private final MessageQueries queries;
    private final Idempotency idempotency;

    MessageResource(CurrentCaller current, Messages messages, MessageQueries queries, Idempotency idempotency) {
        this.current = current;
        this.messages = messages;
        this.queries = queries;
        this.idempotency = idempotency;
    }

    /**
     * @param to {@code @lin}, {@code @lin/codex}, a session's id, {@code WEB-12}, {@code WS-3} or {@code workspace};
     *     none only in a reply, which then goes to whoever wrote what it replies to
     * @param text Markdown
     * @param priority {@code normal} unless told
     */
    @RegisterForReflection
    public record NewLetter(
            List<String> to,
            String text,
            Optional<String> subject,
            Optional<MessagePriority> priority,
            Optional<UUID> replyTo) {

        NewMessage message() {
            return new NewMessage(
                    to == null ? List.of() : to,
                    text == null ? "" : text,
                    subject,
                    priority.orElse(MessagePriority.NORMAL),
                    replyTo);
        }
    }

    @GET
    @Operation(summary = "List messages", description = "Those of the workspace, the newest first.")
    @APIResponse(responseCode = "200", description = "One page of messages")
    public Page<MessageView> list(
            @QueryParam("cursor") Optional<String> cursor, @QueryParam("limit") Optional<Integer> limit) {
        return queries.list(current.get(), cursor, Page.limit(limit, 50));
    }

    @POST
    @Operation(
            summary = "Send a message",
            description = "`reached` is empty where nobody reads it now; `unreached` says why.")
    @APIResponse(responseCode = "201", description = "The message, whom it reached, and whom it did not")
    @APIResponse(responseCode = "404", description = "No such task, workstream or message to reply to")
    public RestResponse<Messages.Sent> send(@HeaderParam("Idempotency-Key") Optional<String> key, NewLetter body) {
        Caller caller = current.get();
        NewLetter wanted = Body.present(body);
        Messages.Sent sent = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "messages.send",
                wanted,
                Messages.Sent.class,
                () -> messages.send(caller, wanted.message()));
        return RestResponse.ResponseBuilder.<Messages.Sent>created(
                        URI.create("/api/messages/" + sent.message().id()))
                .entity(sent)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a conversation", description = "The whole thread that the message belongs to, in order.")
    @APIResponse(responseCode = "200", description = "The messages, and whose inboxes they lie in")
    @APIResponse(responseCode = "404", description = "No such message in this workspace")
    public ThreadView thread(@PathParam("id") UUID id) {
        return queries.thread(current.get(), id);
    }
}
