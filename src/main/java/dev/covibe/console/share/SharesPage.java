package dev.covibe.console.share;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Origins;
import dev.covibe.share.ShareKind;
import dev.covibe.share.Shares;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
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
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Public links in the settings: made, listed, revoked (SIT-3). */
@Path("/settings/shares")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class SharesPage {

    private static final int USUAL_DAYS = 7;

    private final Frames frames;
    private final Shares shares;
    private final Origins origins;
    private final RoutingContext context;
    private final Clock clock;

    SharesPage(Frames frames, Shares shares, Origins origins, RoutingContext context, Clock clock) {
        this.frames = frames;
        this.shares = shares;
        this.origins = origins;
        this.context = context;
        this.clock = clock;
    }

    /**
     * @param fresh the address just made, whole and for the only time; empty otherwise
     * @param of what is to be shared: a key, a handle, a day
     */
    record View(
            String fresh,
            String freshTitle,
            List<Choice> kinds,
            String of,
            List<Choice> lifetimes,
            String error,
            List<Line> links) {}

    /** @param state "Until 28 Nov", "Revoked", "Expired" */
    record Line(
            String id,
            String kind,
            String title,
            String by,
            When made,
            String state,
            boolean over,
            boolean mayRevoke,
            long views) {}

    @CheckedTemplate(basePath = "share")
    static class Templates {
        private Templates() {}

        static native TemplateInstance shares(Frame frame, SharesPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@QueryParam("kind") Optional<String> kind, @QueryParam("of") Optional<String> of) {
        return page(kind.orElse(ShareKind.WEEK.key()), of.orElse(""), "", Optional.empty());
    }

    @POST
    @Operation(hidden = true)
    public Response make(
            @FormParam("kind") @DefaultValue("week") String kind,
            @FormParam("of") @DefaultValue("") String of,
            @FormParam("days") @DefaultValue("7") String days) {
        try {
            int many = days.matches("\\d{1,3}") ? Integer.parseInt(days) : 0;
            Shares.Made made = shares.make(frames.caller(), ShareKind.of(kind), of.strip(), many);
            return Response.ok(page(kind, of, "", Optional.of(made)))
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (Refusal.Invalid | Refusal.NotFound refusal) {
            return Frames.refused(refusal, page(kind, of, refusal.getMessage(), Optional.empty()));
        }
    }

    @POST
    @Path("/{id}/revocation")
    @Operation(hidden = true)
    public Response revoke(@PathParam("id") UUID id) {
        shares.revoke(frames.caller(), id);
        return Response.seeOther(URI.create("/settings/shares")).build();
    }

    private TemplateInstance page(String kind, String of, String error, Optional<Shares.Made> made) {
        Caller caller = frames.caller();
        People people = frames.people();
        Instant now = clock.instant();
        View view = new View(
                made.map(link -> origins.origin(context) + "/share/" + link.token())
                        .orElse(""),
                made.map(Shares.Made::title).orElse(""),
                Stream.of(ShareKind.values())
                        .map(one -> new Choice(one.key(), one.title(), one.key().equals(kind)))
                        .toList(),
                of,
                Shares.LIFETIMES.stream()
                        .map(days -> new Choice(
                                String.valueOf(days), days == 1 ? "1 day" : days + " days", days == USUAL_DAYS))
                        .toList(),
                error,
                shares.list(caller).stream()
                        .map(link -> line(link, caller, now))
                        .toList());
        return Templates.shares(frames.settings(people), view);
    }

    private static Line line(Shares.Link link, Caller caller, Instant now) {
        boolean live = link.isLive(now);
        String state = link.revoked().isPresent()
                ? "Revoked"
                : live ? "Until " + When.of(link.expires(), now).exact() : "Expired";
        return new Line(
                link.id().toString(),
                link.kind().title(),
                link.title(),
                "@" + link.by(),
                When.of(link.created(), now),
                state,
                !live,
                live && (link.own() || caller.role() == Role.ADMIN),
                link.views());
    }
}
