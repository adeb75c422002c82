package dev.covibe.console.performance;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /performance/diagnostics}: what goes on now, what is wrong, and everything behind it (CON-2). */
@Path("/performance/diagnostics")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class DiagnosticsPage {

    static final String HERE = "/performance/diagnostics";

    private final Frames frames;
    private final DiagnosticsParts parts;

    DiagnosticsPage(Frames frames, DiagnosticsParts parts) {
        this.frames = frames;
        this.parts = parts;
    }

    @CheckedTemplate(basePath = "performance")
    static class Templates {
        private Templates() {}

        static native TemplateInstance diagnostics(Frame frame, DiagnosticsView view);
    }

    /** @param find sessions, tasks, agents or spans, narrowed by {@code developer}, {@code status} and {@code q} */
    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @QueryParam("find") Optional<String> find,
            @QueryParam("developer") Optional<String> developer,
            @QueryParam("status") Optional<String> status,
            @QueryParam("q") Optional<String> text) {
        DrillDown.Wanted wanted = DrillDown.Wanted.of(find, developer, status, text);
        DiagnosticsView view = parts.view(frames.caller(), frames.people(), wanted);
        return Templates.diagnostics(frames.performance("Diagnostics"), view);
    }
}
