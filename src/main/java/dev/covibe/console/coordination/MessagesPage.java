package dev.covibe.console.coordination;

import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.coordination.messages.DeliveryView;
import dev.covibe.coordination.messages.MessagePriority;
import dev.covibe.coordination.messages.MessageQueries;
import dev.covibe.coordination.messages.MessageView;
import dev.covibe.coordination.messages.Messages;
import dev.covibe.coordination.messages.NewMessage;
import dev.covibe.coordination.messages.Reader;
import dev.covibe.coordination.messages.ThreadView;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Page;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Conversations: reading one, answering it, beginning one (CRD-2). */
@Path("/coordination/messages")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class MessagesPage {

    private static final String HERE = "/coordination/messages/";
    private static final int LONGEST_TITLE = 80;

    private final Frames frames;
    private final Messages messages;
    private final MessageQueries queries;
    private final Clock clock;

    MessagesPage(Frames frames, Messages messages, MessageQueries queries, Clock clock) {
        this.frames = frames;
        this.messages = messages;
        this.queries = queries;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "coordination")
    static class Templates {
        private Templates() {}

        static native TemplateInstance thread(Frame frame, ThreadDetail view);

        static native TemplateInstance compose(Frame frame, ComposeView view);

        static native TemplateInstance compose$form(Frame frame, ComposeView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance compose(@QueryParam("to") @DefaultValue("") String to) {
        return Templates.compose(
                frames.coordination("Send message", frames.people()), new ComposeView(to, "", "", false, Map.of()));
    }

    @POST
    @Operation(hidden = true)
    public Response send(
            @FormParam("to") @DefaultValue("") String to,
            @FormParam("subject") Optional<String> subject,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("urgent") Optional<String> urgent) {
        MessagePriority priority = urgent.isPresent() ? MessagePriority.URGENT : MessagePriority.NORMAL;
        List<String> addresses = Arrays.stream(to.split("[,;\\n]"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
        try {
            Messages.Sent sent = messages.send(
                    frames.caller(), new NewMessage(addresses, text, subject, priority, Optional.empty()));
            return frames.planned(
                    HERE + sent.message().id(),
                    sent.reached().isEmpty()
                            ? "Sent. It has reached nobody yet."
                            : "Sent to " + String.join(", ", sent.reached()));
        } catch (Refusal.Invalid | Refusal.NotFound refusal) {
            ComposeView view =
                    new ComposeView(to, subject.orElse(""), text, urgent.isPresent(), FormErrors.of(refusal, Map.of()));
            Frame frame = frames.coordination("Send message", frames.people());
            return Response.status(422)
                    .entity(frames.wantsPart() ? Templates.compose$form(frame, view) : Templates.compose(frame, view))
                    .build();
        }
    }

    @GET
    @Path("/{id}")
    @Operation(hidden = true)
    public TemplateInstance show(@PathParam("id") UUID id) {
        return page(id, "", "");
    }

    /** A reply goes to whoever wrote what it replies to. */
    @POST
    @Path("/{id}/replies")
    @Operation(hidden = true)
    public Response reply(
            @PathParam("id") UUID id,
            @FormParam("text") @DefaultValue("") String text,
            @FormParam("to") @DefaultValue("") String to) {
        List<String> addresses = to.isBlank() ? List.of() : List.of(to);
        try {
            messages.send(
                    frames.caller(),
                    new NewMessage(addresses, text, Optional.empty(), MessagePriority.NORMAL, Optional.of(id)));
            return Response.seeOther(URI.create(HERE + id)).build();
        } catch (Refusal.Invalid refusal) {
            return Response.status(422)
                    .entity(page(id, refusal.getMessage(), text))
                    .build();
        }
    }

    private TemplateInstance page(UUID id, String error, String typed) {
        Caller caller = frames.caller();
        People people = frames.people();
        Talk talk = new Talk(caller, people, clock.instant());
        ThreadView thread = queries.thread(caller, id);
        Set<UUID> mine = queries.unread(caller, Reader.of(caller), Page.MOST).messages().stream()
                .map(MessageView::id)
                .collect(Collectors.toSet());
        List<MessageItem> items = thread.messages().stream()
                .map(entry -> talk.message(
                        entry.message(),
                        readers(entry, false),
                        mine.contains(entry.message().id()),
                        readers(entry, true)))
                .toList();
        MessageView first = thread.messages().getFirst().message();
        String title = first.subject().orElse(items.getFirst().line());
        String last = thread.messages().stream()
                .map(ThreadView.Entry::message)
                .filter(message -> !message.from().equals(caller.handle())
                        || message.agent().isPresent())
                .reduce((_, later) -> later)
                .orElse(first)
                .id()
                .toString();
        return Templates.thread(
                frames.coordination(title, people),
                new ThreadDetail(
                        thread.id().toString(),
                        title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE) + "…",
                        items,
                        last,
                        error,
                        typed));
    }

    private static List<String> readers(ThreadView.Entry entry, boolean done) {
        return entry.deliveries().stream()
                .filter(delivery -> delivery.acknowledgedAt().isPresent() == done)
                .map(DeliveryView::reader)
                .distinct()
                .toList();
    }
}
