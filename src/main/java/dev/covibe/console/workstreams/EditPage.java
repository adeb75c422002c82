package dev.covibe.console.workstreams;

import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Planning;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Changing a task's fields, in the form it was planned with. */
@Path("/workstreams/tasks/{key}/edit")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class EditPage {

    private final Frames frames;
    private final PlanForms forms;
    private final Planning planning;
    private final WorkQueries queries;

    EditPage(Frames frames, PlanForms forms, Planning planning, WorkQueries queries) {
        this.frames = frames;
        this.forms = forms;
        this.planning = planning;
        this.queries = queries;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance form(@PathParam("key") String key) {
        Caller caller = frames.caller();
        People people = frames.people();
        TaskView task = queries.task(caller, key);
        PlanView view =
                forms.task(caller, task.key(), PlanForms.input(task), people, Map.of(), CandidatesView.unasked());
        return PlanPage.Templates.task(frames.work("Edit " + task.key(), true, people), view);
    }

    @POST
    @Operation(hidden = true)
    public Response change(@PathParam("key") String key, @BeanParam PlanInput input) {
        Caller caller = frames.caller();
        try {
            TaskView task = planning.edit(caller, key, input.edit());
            return frames.planned("/workstreams/tasks/" + task.key(), task.key() + " is changed");
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            People people = frames.people();
            Map<String, String> errors = FormErrors.of(refusal, PlanForms.FIELDS);
            PlanView view = forms.task(caller, key, input, people, errors, CandidatesView.unasked());
            Frame frame = frames.work("Edit " + key, true, people);
            return Frames.refused(
                    refusal,
                    frames.wantsPart()
                            ? PlanPage.Templates.task$form(frame, view)
                            : PlanPage.Templates.task(frame, view));
        }
    }
}
