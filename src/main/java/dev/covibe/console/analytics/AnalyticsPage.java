package dev.covibe.console.analytics;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Undo;
import dev.covibe.identity.Caller;
import dev.covibe.insight.analytics.Analytics;
import dev.covibe.insight.analytics.Grouping;
import dev.covibe.insight.analytics.Report;
import dev.covibe.insight.analytics.SavedViews;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /analytics}: what the work adds up to, over any range, cut as one likes (CON-5). */
@Path("/analytics")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class AnalyticsPage {

    private final Frames frames;
    private final Analytics analytics;
    private final Periods periods;
    private final SavedViews views;

    AnalyticsPage(Frames frames, Analytics analytics, Periods periods, SavedViews views) {
        this.frames = frames;
        this.analytics = analytics;
        this.periods = periods;
        this.views = views;
    }

    @CheckedTemplate(basePath = "analytics")
    static class Templates {
        private Templates() {}

        static native TemplateInstance analytics(Frame frame, AnalyticsView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @QueryParam("by") Optional<String> by,
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to) {
        return page(by, range, from, to, "");
    }

    private TemplateInstance page(
            Optional<String> by, Optional<String> range, Optional<String> from, Optional<String> to, String error) {
        Caller caller = frames.caller();
        People people = frames.people();
        Period period = periods.asked(caller, range, from, to);
        Grouping grouping = by.filter(key -> !key.isBlank()).map(Grouping::of).orElse(Grouping.PROJECT);
        boolean fixed = from.filter(text -> !text.isBlank()).isPresent();
        String days = fixed ? "from=" + period.from() + "&to=" + period.to() : "range=" + period.length();
        Report report = analytics.report(caller, period, grouping);
        List<Choice> groupings = Stream.of(Grouping.values())
                .map(one -> new Choice("/analytics?by=" + one.key() + "&" + days, one.title(), one == grouping))
                .toList();
        List<Choice> ranges = Periods.OFFERED.stream()
                .map(one -> new Choice(
                        "/analytics?by=" + grouping.key() + "&range=" + one,
                        one + " days",
                        !fixed && period.length() == one))
                .toList();
        AnalyticsView view = AnalyticsView.of(
                report, grouping, groupings, ranges, "by=" + grouping.key() + "&" + days, views.list(caller), error);
        return Templates.analytics(frames.frame("Analytics", "analytics", true, people), view);
    }

    @POST
    @Path("/views")
    @Operation(hidden = true)
    public Response keep(
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("by") Optional<String> by,
            @FormParam("range") Optional<String> range,
            @FormParam("from") Optional<String> from,
            @FormParam("to") Optional<String> to,
            @FormParam("shared") Optional<String> shared) {
        Caller caller = frames.caller();
        Period period = periods.asked(caller, range, from, to);
        Grouping grouping = by.filter(key -> !key.isBlank()).map(Grouping::of).orElse(Grouping.PROJECT);
        boolean fixed = from.filter(text -> !text.isBlank()).isPresent();
        String query = "by=" + grouping.key() + "&"
                + (fixed ? "from=" + period.from() + "&to=" + period.to() : "range=" + period.length());
        try {
            views.keep(caller, name, query, shared.isPresent());
            return Response.seeOther(URI.create("/analytics?" + query)).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            return Frames.refused(refusal, page(by, range, from, to, refusal.getMessage()));
        }
    }

    @POST
    @Path("/views/{id}/removal")
    @Operation(hidden = true)
    public Response drop(@PathParam("id") UUID id) {
        SavedViews.View gone = views.drop(frames.caller(), id);
        return frames.done(
                "/analytics", Undo.of("The view " + gone.name() + " is gone", "/analytics/views", fields(gone)));
    }

    /** What keeps the view again: the form's fields stand in its query as they are typed. */
    private static Map<String, String> fields(SavedViews.View view) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", view.name());
        for (String part : view.query().split("&")) {
            String[] pair = part.split("=", 2);
            fields.put(pair[0], pair[1]);
        }
        if (view.shared()) {
            fields.put("shared", "yes");
        }
        return fields;
    }
}
