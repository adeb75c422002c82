package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.settings.AgentSetup;
import dev.covibe.identity.Caller;
import dev.covibe.platform.web.Origins;
import dev.covibe.work.TaskStatus;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /workstreams}: all work, as a list or as a board (CON-1). */
@Path("/workstreams")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class WorkstreamsPage {

    private final Frames frames;
    private final WorkPage work;
    private final Origins origins;
    private final Clock clock;

    WorkstreamsPage(Frames frames, WorkPage work, Origins origins, Clock clock) {
        this.frames = frames;
        this.work = work;
        this.origins = origins;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "workstreams")
    static class Templates {
        private Templates() {}

        static native TemplateInstance workstreams(Frame frame, WorkstreamsView view);

        static native TemplateInstance rows(WorkstreamsView.Group group);

        static native TemplateInstance cards(WorkstreamsView.Group group);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@BeanParam WorkFilter filter, RoutingContext context) {
        Caller caller = frames.caller();
        People people = frames.people();
        if (frames.wantsPart() && filter.cursor.isPresent() && filter.status.isPresent()) {
            TaskStatus status = TaskStatus.of(filter.status.get());
            WorkstreamsView.Group more = work.group(caller, status, filter, filter.cursor, people, clock.instant());
            return filter.isBoard() ? Templates.cards(more) : Templates.rows(more);
        }
        String connect = AgentSetup.claudeCommand(origins.endpoint(context), AgentSetup.PLACEHOLDER);
        return Templates.workstreams(
                frames.work("Workstreams", false, people), work.view(caller, filter, people, connect));
    }
}
