package dev.covibe.site;

import dev.covibe.platform.problem.Refusal;
import dev.covibe.share.Shares;
import dev.covibe.share.Snapshot;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /share/<token>}: a frozen snapshot, for whoever holds the link (SIT-3). Nothing else is reachable from it. */
@Path("/share")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class SharePage {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final Shares shares;

    SharePage(Shares shares) {
        this.shares = shares;
    }

    @CheckedTemplate(basePath = "share")
    static class Templates {
        private Templates() {}

        static native TemplateInstance snapshot(Snapshot snapshot, String until);
    }

    @GET
    @Path("/{token}")
    @Operation(hidden = true)
    public Response show(@PathParam("token") String token) {
        Shares.Shown shown = shares.open(token)
                .orElseThrow(() -> Refusal.notFound("share.over", "This link shows nothing, or nothing any more."));
        return Response.ok(Templates.snapshot(shown.snapshot(), DAY.format(shown.expires())))
                .header("X-Robots-Tag", "noindex, nofollow, noarchive")
                .header("Cache-Control", "private, no-store")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
