package dev.covibe.insight.performance;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.insight.facts.Periods;
import dev.covibe.platform.web.Body;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the pages below {@code /performance} show, over REST. */
@Path("/api/performance")
@Tag(name = "Performance")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class PerformanceResource {

    private static final String DAYS =
            "`range` days up to today (28 unless told), or `from` and `to`, at most 366 days, in the"
                    + " workspace's time zone; compared with as many days before.";

    private final CurrentCaller current;
    private final Performance performance;
    private final AgentPerformance agents;
    private final DeveloperPerformance developers;
    private final Diagnosing diagnosing;
    private final Goals goals;
    private final Periods periods;

    PerformanceResource(
            CurrentCaller current,
            Performance performance,
            AgentPerformance agents,
            DeveloperPerformance developers,
            Diagnosing diagnosing,
            Goals goals,
            Periods periods) {
        this.current = current;
        this.performance = performance;
        this.agents = agents;
        this.developers = developers;
        this.diagnosing = diagnosing;
        this.goals = goals;
        this.periods = periods;
    }

    @GET
    @Path("/overview")
    @Operation(summary = "Read how the team does", description = DAYS)
    @APIResponse(responseCode = "200", description = "Figures, trends, pulse, scorecards and the grid of days")
    @APIResponse(responseCode = "400", description = "The days are no period, or too long a one")
    public Overview overview(
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        Caller caller = current.get();
        return performance.overview(caller, periods.asked(caller, range, from, to));
    }

    @GET
    @Path("/agents")
    @Operation(summary = "Read how agents do and what they cost", description = DAYS)
    @APIResponse(
            responseCode = "200",
            description = "Agents with health and insight, and spend by developer, agent, model, task")
    @APIResponse(responseCode = "400", description = "The days are no period, or too long a one")
    public AgentsReport agents(
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        Caller caller = current.get();
        return agents.report(caller, periods.asked(caller, range, from, to));
    }

    @GET
    @Path("/developers")
    @Operation(summary = "Read how each developer does", description = DAYS)
    @APIResponse(responseCode = "200", description = "Figures, targets, briefs and latest tasks of each developer")
    @APIResponse(responseCode = "400", description = "The days are no period, or too long a one")
    public DevelopersReport developers(
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        Caller caller = current.get();
        return developers.report(caller, periods.asked(caller, range, from, to));
    }

    @GET
    @Path("/developers/{handle}")
    @Operation(summary = "Read how one developer does", description = DAYS)
    @APIResponse(responseCode = "200", description = "Trends, grid, tasks, agents and spend of the developer")
    @APIResponse(responseCode = "404", description = "`developer.unknown`")
    public Profile developer(
            @PathParam("handle") String handle,
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        Caller caller = current.get();
        return developers.profile(caller, handle, periods.asked(caller, range, from, to));
    }

    @GET
    @Path("/diagnostics")
    @Operation(
            summary = "Read what goes on now",
            description = "Open sessions, error pressure and spend of today, alerts, and what to do first.")
    @APIResponse(responseCode = "200", description = "What goes on now")
    public Diagnostics diagnostics() {
        return diagnosing.now(current.get());
    }

    @GET
    @Path("/targets")
    @Operation(summary = "Read what the workspace wants to reach")
    @APIResponse(responseCode = "200", description = "The targets")
    public Targets targets() {
        return goals.targets(current.get());
    }

    @PUT
    @Path("/targets")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Set what the workspace wants to reach",
            description = "For admins; every target must be named.")
    @APIResponse(responseCode = "200", description = "The targets")
    @APIResponse(responseCode = "403", description = "`identity.admin-only`")
    public Targets aim(Targets targets) {
        return goals.aim(current.get(), Body.present(targets));
    }
}
