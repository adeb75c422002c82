package dev.covibe.console.workstreams;

import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Typed;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.Confirmation;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Planning;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkstreamPlan;
import dev.covibe.work.WorkstreamView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Planning by form, with what looks alike beside it and the explicit confirmation (CON-1, OVL-3). */
@Path("/workstreams")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class PlanPage {

    private static final String CONFIRMATION_REQUIRED = "overlap.confirmation-required";
    private static final int LEAST_TEXT = 4;
    private static final Map<String, String> STREAM_FIELDS = Map.of("target_date", "target");

    private final Frames frames;
    private final PlanForms forms;
    private final Planning planning;

    PlanPage(Frames frames, PlanForms forms, Planning planning) {
        this.frames = frames;
        this.forms = forms;
        this.planning = planning;
    }

    @CheckedTemplate(basePath = "plan")
    static class Templates {
        private Templates() {}

        static native TemplateInstance task(Frame frame, PlanView view);

        static native TemplateInstance task$form(Frame frame, PlanView view);

        static native TemplateInstance workstream(Frame frame, PlanWorkstreamView view);

        static native TemplateInstance workstream$form(Frame frame, PlanWorkstreamView view);

        static native TemplateInstance candidates(CandidatesView candidates);
    }

    @GET
    @Path("/plan")
    @Operation(hidden = true)
    public TemplateInstance planTask(@QueryParam("workstream") Optional<String> workstream) {
        PlanInput input = new PlanInput();
        input.workstream = workstream.orElse("");
        People people = frames.people();
        PlanView view = forms.task(frames.caller(), "", input, people, Map.of(), CandidatesView.unasked());
        return Templates.task(frames.work("Plan task", true, people), view);
    }

    @POST
    @Path("/plan")
    @Operation(hidden = true)
    public Response planTask(@BeanParam PlanInput input) {
        Caller caller = frames.caller();
        try {
            TaskView task = planning.planTask(caller, input.plan(), confirmation(input));
            return frames.planned("/workstreams/tasks/" + task.key(), task.key() + " is planned");
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            return again(caller, input, refusal);
        }
    }

    private Response again(Caller caller, PlanInput input, Refusal refusal) {
        People people = frames.people();
        boolean alike = refusal.code().equals(CONFIRMATION_REQUIRED);
        Map<String, String> errors = alike ? Map.of() : FormErrors.of(refusal, PlanForms.FIELDS);
        CandidatesView candidates = alike ? refused(caller, input, people) : looking(caller, input, people);
        PlanView view = forms.task(caller, "", input, people, errors, candidates);
        Frame frame = frames.work("Plan task", true, people);
        return Frames.refused(
                refusal, frames.wantsPart() ? Templates.task$form(frame, view) : Templates.task(frame, view));
    }

    @GET
    @Path("/plan-workstream")
    @Operation(hidden = true)
    public TemplateInstance planWorkstream() {
        People people = frames.people();
        PlanWorkstreamView view = forms.workstream("", new PlanInput(), people, Map.of(), CandidatesView.unasked());
        return Templates.workstream(frames.work("Plan workstream", true, people), view);
    }

    @POST
    @Path("/plan-workstream")
    @Operation(hidden = true)
    public Response planWorkstream(@BeanParam PlanInput input) {
        Caller caller = frames.caller();
        try {
            WorkstreamPlan plan = new WorkstreamPlan(
                    input.title,
                    Typed.text(input.description),
                    Typed.text(input.owner),
                    Typed.text(input.target).map(PlanPage::date),
                    List.of(),
                    Optional.empty());
            WorkstreamView stream = planning.planWorkstream(caller, plan, confirmation(input));
            return frames.planned("/workstreams/" + stream.key(), stream.key() + " is planned");
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            People people = frames.people();
            boolean alike = refusal.code().equals(CONFIRMATION_REQUIRED);
            Map<String, String> errors = alike ? Map.of() : FormErrors.of(refusal, STREAM_FIELDS);
            CandidatesView candidates = alike ? refused(caller, input, people) : looking(caller, input, people);
            PlanWorkstreamView view = forms.workstream("", input, people, errors, candidates);
            Frame frame = frames.work("Plan workstream", true, people);
            return Frames.refused(
                    refusal,
                    frames.wantsPart() ? Templates.workstream$form(frame, view) : Templates.workstream(frame, view));
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField("/target", "Write the date as year-month-day, such as 2026-12-01.");
        }
    }

    /** What looks like the form as it stands; asked while somebody types. */
    @POST
    @Path("/candidates")
    @Operation(hidden = true)
    public TemplateInstance candidates(@BeanParam PlanInput input) {
        Caller caller = frames.caller();
        People people = frames.people();
        return Templates.candidates(
                input.isRefused() ? refused(caller, input, people) : looking(caller, input, people));
    }

    private CandidatesView looking(Caller caller, PlanInput input, People people) {
        boolean enough = input.title.strip().length() >= LEAST_TEXT || !input.paths.isBlank();
        return enough ? LookAlikes.found(planning.check(caller, input.draft()), people) : CandidatesView.unasked();
    }

    private CandidatesView refused(Caller caller, PlanInput input, People people) {
        String error = input.isRefused() && !input.confirmed.isEmpty() && input.reason.isBlank()
                ? "Say in a few words how yours is different."
                : "";
        return LookAlikes.refused(
                planning.check(caller, input.draft()), people, Set.copyOf(input.confirmed), input.reason, error);
    }

    /** A confirmation without its reason confirms nothing: the reason is what the story keeps. */
    private static Confirmation confirmation(PlanInput input) {
        return input.confirmed.isEmpty() || input.reason.isBlank()
                ? Confirmation.NONE
                : new Confirmation(input.confirmed, Typed.text(input.reason));
    }
}
