package dev.covibe.console.performance;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.insight.performance.Goals;
import dev.covibe.insight.performance.Targets;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /settings/performance}: what the workspace wants to reach, and whether the company ranks people (INS-4). */
@Path("/settings/performance")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class TargetsPage {

    private final Frames frames;
    private final Goals goals;

    TargetsPage(Frames frames, Goals goals) {
        this.frames = frames;
        this.goals = goals;
    }

    /**
     * @param admin whether the reader may change anything
     * @param error what is wrong with what was sent; empty if nothing
     */
    record View(List<Field> fields, boolean leaderboards, boolean admin, String error) {}

    /** One target: as it is typed, between which numbers. */
    public record Field(String name, String label, String value, String help, String least, String most) {}

    @CheckedTemplate(basePath = "performance")
    static class Templates {
        private Templates() {}

        static native TemplateInstance targets(Frame frame, TargetsPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        return page("");
    }

    @POST
    @Operation(hidden = true)
    public Response change(
            @FormParam("tasks_per_week") Optional<String> tasks,
            @FormParam("session_completion") Optional<String> completion,
            @FormParam("error_share") Optional<String> errors,
            @FormParam("attribution") Optional<String> attribution,
            @FormParam("cycle_days") Optional<String> cycle,
            @FormParam("cost_per_task") Optional<String> cost,
            @FormParam("leaderboards") Optional<String> leaderboards) {
        Caller caller = frames.caller();
        try {
            goals.aim(
                    caller,
                    new Targets(
                            number(tasks),
                            number(completion) / 100,
                            number(errors) / 100,
                            number(attribution) / 100,
                            number(cycle),
                            number(cost)));
            if (goals.leaderboards(caller) != leaderboards.isPresent()) {
                goals.rank(caller, leaderboards.isPresent());
            }
        } catch (Refusal.Invalid | Refusal.Forbidden refusal) {
            return Response.status(refusal instanceof Refusal.Forbidden ? 403 : 422)
                    .entity(page(refusal.getMessage()))
                    .build();
        }
        return Response.seeOther(URI.create("/settings/performance")).build();
    }

    private static double number(Optional<String> text) {
        try {
            return Double.parseDouble(text.orElse("").strip());
        } catch (NumberFormatException unreadable) {
            return Double.NaN;
        }
    }

    private TemplateInstance page(String error) {
        Caller caller = frames.caller();
        Targets targets = goals.targets(caller);
        View view = new View(
                List.of(
                        field("tasks_per_week", "Tasks a week and developer", targets.tasksPerWeek(), "", "0.1", "100"),
                        field(
                                "session_completion",
                                "Sessions done",
                                targets.sessionCompletion() * 100,
                                "per cent of those that ended",
                                "1",
                                "100"),
                        field(
                                "error_share",
                                "Errors",
                                targets.errorShare() * 100,
                                "at most so many per cent of calls and tools",
                                "0.1",
                                "100"),
                        field(
                                "attribution",
                                "Attributed tokens",
                                targets.attribution() * 100,
                                "per cent that belong to a task",
                                "1",
                                "100"),
                        field("cycle_days", "Cycle time", targets.cycleDays(), "at most so many days", "0.1", "365"),
                        field(
                                "cost_per_task",
                                "Cost per task",
                                targets.costPerTask(),
                                "at most so many US dollars",
                                "0.01",
                                "100000")),
                goals.leaderboards(caller),
                caller.role() == Role.ADMIN,
                error);
        return Templates.targets(frames.settings(frames.people()), view);
    }

    private static Field field(String name, String label, double value, String help, String least, String most) {
        return new Field(
                name,
                label,
                BigDecimal.valueOf(Math.round(value * 1000) / 1000.0)
                        .stripTrailingZeros()
                        .toPlainString(),
                help,
                least,
                most);
    }
}
