package dev.covibe.insight.analytics;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Analytics over REST. */
@Path("/api/analytics")
@Tag(name = "Analytics")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AnalyticsResource {

    private final CurrentCaller current;
    private final Analytics analytics;
    private final Periods periods;
    private final AnalyticsCsv csv;

    AnalyticsResource(CurrentCaller current, Analytics analytics, Periods periods, AnalyticsCsv csv) {
        this.current = current;
        this.analytics = analytics;
        this.periods = periods;
        this.csv = csv;
    }

    @GET
    @Operation(
            summary = "Read figures over a range",
            description = "Cost, tokens, sessions, completions, cycle time, overlap precision and collaboration of"
                    + " the last `range` days, or `from` a day `to` another, grouped `by` project, workstream,"
                    + " developer, agent or model.")
    @APIResponse(responseCode = "200", description = "The figures")
    @APIResponse(responseCode = "400", description = "No such grouping, or no period")
    public Report report(
            @QueryParam("by") Optional<String> by,
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        Caller caller = current.get();
        return analytics.report(caller, periods.asked(caller, range, from, to), grouping(by));
    }

    @GET
    @Path("/export")
    @Produces("text/csv")
    @Operation(
            summary = "Take the figures away as CSV",
            description =
                    "One line for each group. Cells that would be calculated by a spreadsheet are made safe, and the"
                            + " audit log says who took it.")
    @APIResponse(responseCode = "200", description = "A CSV file")
    public Response export(
            @QueryParam("by") Optional<String> by,
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        Caller caller = current.get();
        Period period = periods.asked(caller, range, from, to);
        Grouping grouping = grouping(by);
        String name = "analytics-" + grouping.key() + "-" + period.from() + "-" + period.to() + ".csv";
        return Response.ok(csv.take(caller, period, grouping))
                .type("text/csv;charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static Grouping grouping(Optional<String> by) {
        return by.filter(key -> !key.isBlank()).map(Grouping::of).orElse(Grouping.PROJECT);
    }
}
