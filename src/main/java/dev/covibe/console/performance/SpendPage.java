package dev.covibe.console.performance;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.performance.AgentPerformance;
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

/** {@code /performance/agents}: how agents do, and where the money goes (CON-2). */
@Path("/performance/agents")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class SpendPage {

    static final String HERE = "/performance/agents";

    private final Frames frames;
    private final AgentPerformance agents;
    private final Periods periods;

    SpendPage(Frames frames, AgentPerformance agents, Periods periods) {
        this.frames = frames;
        this.agents = agents;
        this.periods = periods;
    }

    @CheckedTemplate(basePath = "performance")
    static class Templates {
        private Templates() {}

        static native TemplateInstance agents(Frame frame, SpendView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to,
            @QueryParam("all") Optional<String> all) {
        Caller caller = frames.caller();
        Period period = periods.asked(caller, range, from, to);
        SpendView view = new SpendDrawing(agents.report(caller, period), frames.people(), from, all.isPresent()).view();
        return Templates.agents(frames.performance("Agents and cost"), view);
    }
}
