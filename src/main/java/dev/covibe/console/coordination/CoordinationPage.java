package dev.covibe.console.coordination;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Undo;
import dev.covibe.coordination.blockers.Blockers;
import dev.covibe.coordination.claims.Claims;
import dev.covibe.coordination.decisions.Decisions;
import dev.covibe.coordination.messages.Messages;
import dev.covibe.coordination.messages.Reader;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.Audits;
import dev.covibe.overlap.OverlapAnswers;
import dev.covibe.overlap.OverlapVerdict;
import dev.covibe.platform.problem.Refusal;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /coordination}: what waits for somebody, each with its action, and who is where (CRD-6). */
@Path("/coordination")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class CoordinationPage {

    private static final String HERE = "/coordination";

    private final Frames frames;
    private final Monitor monitor;
    private final Messages messages;
    private final Blockers blockers;
    private final Decisions decisions;
    private final Claims claims;
    private final Audits audits;
    private final OverlapAnswers answers;

    CoordinationPage(
            Frames frames,
            Monitor monitor,
            Messages messages,
            Blockers blockers,
            Decisions decisions,
            Claims claims,
            Audits audits,
            OverlapAnswers answers) {
        this.frames = frames;
        this.monitor = monitor;
        this.messages = messages;
        this.blockers = blockers;
        this.decisions = decisions;
        this.claims = claims;
        this.audits = audits;
        this.answers = answers;
    }

    @CheckedTemplate(basePath = "coordination")
    static class Templates {
        private Templates() {}

        static native TemplateInstance coordination(Frame frame, CoordinationView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        return page(Monitor.Typed.NOTHING);
    }

    @POST
    @Path("/blockers/{id}/answer")
    @Operation(hidden = true)
    public Response answer(
            @PathParam("id") UUID id,
            @FormParam("answer") @DefaultValue("") String answer,
            @FormParam("back") @DefaultValue(HERE) String back) {
        return act(id.toString(), answer, back, caller -> blockers.resolve(caller, id, answer));
    }

    /** The chosen option, or what was written instead of one. */
    @POST
    @Path("/decisions/{id}/choice")
    @Operation(hidden = true)
    public Response decide(
            @PathParam("id") UUID id,
            @FormParam("option") Optional<String> option,
            @FormParam("choice") Optional<String> choice,
            @FormParam("reason") Optional<String> reason,
            @FormParam("back") @DefaultValue(HERE) String back) {
        Optional<String> chosen = choice.filter(words -> !words.isBlank()).or(() -> option);
        return act(id.toString(), "", back, caller -> decisions.decide(caller, id, chosen, reason));
    }

    @POST
    @Path("/acknowledgements/{id}")
    @Operation(hidden = true)
    public Response acknowledge(@PathParam("id") UUID id, @FormParam("back") @DefaultValue(HERE) String back) {
        return act("", "", back, caller -> messages.acknowledge(caller, Reader.of(caller), List.of(id)));
    }

    @POST
    @Path("/claims/{id}/release")
    @Operation(hidden = true)
    public Response release(@PathParam("id") UUID id) {
        return act("", "", HERE, caller -> claims.release(caller, List.of(id)));
    }

    @POST
    @Path("/audits")
    @Operation(hidden = true)
    public Response audit() {
        return act("", "", HERE, audits::run);
    }

    @POST
    @Path("/overlaps")
    @Operation(hidden = true)
    public Response judge(
            @FormParam("one") @DefaultValue("") String one,
            @FormParam("other") @DefaultValue("") String other,
            @FormParam("verdict") @DefaultValue("") String verdict) {
        OverlapVerdict said = OverlapVerdict.of(verdict);
        Response answered = act("", "", HERE, caller -> answers.answer(caller, one, other, said, Optional.empty()));
        if (answered.getStatus() != Response.Status.SEE_OTHER.getStatusCode()) {
            return answered;
        }
        String what =
                one + " and " + other + (said == OverlapVerdict.SAME ? " are the same work" : " are different work");
        return frames.done(HERE, Undo.of(what, HERE + "/overlaps/withdrawal", Map.of("one", one, "other", other)));
    }

    /** Takes back the reader's answer: the pair waits for somebody again. */
    @POST
    @Path("/overlaps/withdrawal")
    @Operation(hidden = true)
    public Response withdraw(
            @FormParam("one") @DefaultValue("") String one, @FormParam("other") @DefaultValue("") String other) {
        return act("", "", HERE, caller -> answers.withdraw(caller, one, other));
    }

    private interface Action {
        void run(Caller caller);
    }

    /** A refused action answers the page as it is now, with the reason on it and nothing typed lost. */
    private Response act(String id, String text, String back, Action action) {
        try {
            action.run(frames.caller());
        } catch (Refusal.Conflict | Refusal.Invalid | Refusal.Forbidden refusal) {
            return Response.status(refusal.status())
                    .entity(page(new Monitor.Typed(id, text, refusal.getMessage())))
                    .build();
        }
        // Only pages of ours are gone back to.
        return Response.seeOther(URI.create(back.matches("/(coordination|workstreams)[\\w/-]*") ? back : HERE))
                .build();
    }

    private TemplateInstance page(Monitor.Typed typed) {
        Caller caller = frames.caller();
        People people = frames.people();
        return Templates.coordination(frames.coordination("Coordination", people), monitor.view(caller, people, typed));
    }
}
