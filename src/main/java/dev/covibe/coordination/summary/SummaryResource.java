package dev.covibe.coordination.summary;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The week's summary over REST. */
@Path("/api/summary")
@Tag(name = "Summaries")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SummaryResource {

    private final CurrentCaller current;
    private final Summaries summaries;

    SummaryResource(CurrentCaller current, Summaries summaries) {
        this.current = current;
        this.summaries = summaries;
    }

    @GET
    @Path("/week")
    @Operation(
            summary = "Read the week's summary",
            description = "Monday to Sunday in the workspace's time zone: the running week, or that of `day`"
                    + " (2026-11-16). Figures, lists of at most 50, and the whole as Markdown and as text.")
    @APIResponse(responseCode = "200", description = "The summary")
    @APIResponse(responseCode = "400", description = "`day` is no day")
    public WeekSummary week(@QueryParam("day") Optional<String> day) {
        return summaries.week(current.get(), day.map(SummaryResource::day));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField("day", "A day is written 2026-11-16.");
        }
    }
}
