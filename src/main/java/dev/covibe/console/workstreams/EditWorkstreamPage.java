package dev.covibe.console.workstreams;

import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Planning;
import dev.covibe.work.WorkstreamEdit;
import dev.covibe.work.WorkstreamQueries;
import dev.covibe.work.WorkstreamView;
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
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Changing a workstream's fields, in the form it was planned with. */
@Path("/workstreams/{key: [Ww][Ss]-\\d{1,9}}/edit")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class EditWorkstreamPage {

    private static final Map<String, String> FIELDS = Map.of("target_date", "target");

    private final Frames frames;
    private final PlanForms forms;
    private final Planning planning;
    private final WorkstreamQueries queries;

    EditWorkstreamPage(Frames frames, PlanForms forms, Planning planning, WorkstreamQueries queries) {
        this.frames = frames;
        this.forms = forms;
        this.planning = planning;
        this.queries = queries;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance form(@PathParam("key") String key) {
        WorkstreamView stream = queries.get(frames.caller(), key);
        PlanInput input = new PlanInput();
        input.title = stream.name();
        input.description = stream.goal();
        input.owner = stream.owner().orElse("");
        input.target = stream.targetDate().map(LocalDate::toString).orElse("");
        return page(stream.key(), input, Map.of());
    }

    @POST
    @Operation(hidden = true)
    public Response change(@PathParam("key") String key, @BeanParam PlanInput input) {
        Caller caller = frames.caller();
        WorkstreamEdit edit = new WorkstreamEdit(
                Optional.of(input.title),
                Optional.of(input.description),
                Optional.of(input.owner),
                Optional.of(input.target),
                Optional.empty(),
                Optional.empty());
        try {
            WorkstreamView stream = planning.edit(caller, key, edit);
            return frames.planned("/workstreams/" + stream.key(), stream.key() + " is changed");
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            return Frames.refused(refusal, page(key, input, FormErrors.of(refusal, FIELDS)));
        }
    }

    private TemplateInstance page(String key, PlanInput input, Map<String, String> errors) {
        People people = frames.people();
        PlanWorkstreamView view = forms.workstream(key, input, people, errors, CandidatesView.unasked());
        Frame frame = frames.work("Edit " + key, true, people);
        return frames.wantsPart()
                ? PlanPage.Templates.workstream$form(frame, view)
                : PlanPage.Templates.workstream(frame, view);
    }
}
