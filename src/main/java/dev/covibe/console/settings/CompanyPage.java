package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.Undo;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.identity.members.Company;
import dev.covibe.identity.members.Member;
import dev.covibe.identity.members.Members;
import dev.covibe.identity.members.TenantWorkspaces;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Page;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The company's name and its workspaces, in the settings (IDN-5). */
@Path("/settings/company")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class CompanyPage {

    private static final String HERE = "/settings/company";

    private final Frames frames;
    private final Company company;
    private final TenantWorkspaces workspaces;
    private final Members members;
    private final Clock clock;

    CompanyPage(Frames frames, Company company, TenantWorkspaces workspaces, Members members, Clock clock) {
        this.frames = frames;
        this.company = company;
        this.workspaces = workspaces;
        this.members = members;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance company(Frame frame, CompanyView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@QueryParam("open") @DefaultValue("") String open) {
        return page(Filled.BLANK, open, "");
    }

    @POST
    @Path("/name")
    @Operation(hidden = true)
    public Response rename(@FormParam("name") @DefaultValue("") String name) {
        try {
            String before = company.of(frames.caller()).name();
            String now = company.rename(frames.caller(), name).name();
            return frames.done(
                    HERE,
                    Optional.of(before)
                            .filter(old -> !old.equals(now))
                            .map(old ->
                                    Undo.of("The company is now called " + now, HERE + "/name", Map.of("name", old))));
        } catch (Refusal.Invalid refusal) {
            Filled form = new Filled(Map.of("tenant", refusal.getMessage()), Map.of("tenant", name));
            return Frames.refused(refusal, page(form, "", ""));
        }
    }

    @POST
    @Path("/workspaces")
    @Operation(hidden = true)
    public Response create(@FormParam("name") @DefaultValue("") String name) {
        try {
            workspaces.create(frames.caller(), name);
            return Response.seeOther(URI.create(HERE + "#workspaces")).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            Map<String, String> errors = refusal instanceof Refusal.Conflict
                    ? Map.of("name", refusal.getMessage())
                    : FormErrors.of(refusal, Map.of());
            return Frames.refused(refusal, page(new Filled(errors, Map.of("name", name)), "", ""));
        }
    }

    @POST
    @Path("/workspaces/{id}/name")
    @Operation(hidden = true)
    public Response renameWorkspace(@PathParam("id") UUID id, @FormParam("name") @DefaultValue("") String name) {
        return act(id, () -> {
            String before = workspaces.list(frames.caller()).stream()
                    .filter(workspace -> workspace.id().equals(id))
                    .map(TenantWorkspaces.Workspace::name)
                    .findFirst()
                    .orElse("");
            String now = workspaces.rename(frames.caller(), id, name).name();
            return before.equals(now)
                    ? Optional.empty()
                    : undo(id, before + " is now called " + now, "/name", Map.of("name", before));
        });
    }

    @POST
    @Path("/workspaces/{id}/archival")
    @Operation(hidden = true)
    public Response archive(@PathParam("id") UUID id, @FormParam("archived") @DefaultValue("") String archived) {
        return act(id, () -> {
            boolean open = archived.equals("no");
            TenantWorkspaces.Workspace now =
                    open ? workspaces.reopen(frames.caller(), id) : workspaces.archive(frames.caller(), id);
            String said = now.name() + (open ? " is open again" : " is archived");
            return undo(id, said, "/archival", Map.of("archived", open ? "yes" : "no"));
        });
    }

    @POST
    @Path("/workspaces/{id}/members")
    @Operation(hidden = true)
    public Response add(@PathParam("id") UUID id, @FormParam("person") UUID person) {
        return act(id, () -> {
            workspaces.add(frames.caller(), id, person);
            return Optional.empty();
        });
    }

    @POST
    @Path("/workspaces/{id}/removals")
    @Operation(hidden = true)
    public Response remove(@PathParam("id") UUID id, @FormParam("person") UUID person) {
        return act(id, () -> {
            workspaces.remove(frames.caller(), id, person);
            return Optional.empty();
        });
    }

    private static Optional<Undo> undo(UUID id, String said, String reverse, Map<String, String> fields) {
        return Optional.of(Undo.of(said, HERE + "/workspaces/" + id + reverse, fields));
    }

    /** @param act answers how it is undone, where it can be */
    private Response act(UUID id, Supplier<Optional<Undo>> act) {
        String back = HERE + "?open=" + id + "#workspaces";
        try {
            return frames.done(back, act.get());
        } catch (Refusal.Conflict | Refusal.Invalid refusal) {
            return Frames.refused(refusal, page(Filled.BLANK, id.toString(), refusal.getMessage()));
        }
    }

    private TemplateInstance page(Filled form, String open, String error) {
        Caller caller = frames.caller();
        boolean admin = caller.role() == Role.ADMIN;
        Instant now = clock.instant();
        List<Member> people =
                admin ? members.list(caller, Optional.empty(), Page.MOST).items() : List.of();
        String name = company.of(caller).name();
        List<CompanyView.Workspace> shown = workspaces.list(caller).stream()
                .map(workspace -> workspace(workspace, people, now))
                .toList();
        return Templates.company(
                frames.settings(frames.people()), new CompanyView(admin, name, shown, form, open, error));
    }

    private static CompanyView.Workspace workspace(
            TenantWorkspaces.Workspace workspace, List<Member> people, Instant now) {
        return new CompanyView.Workspace(
                workspace.id().toString(),
                workspace.name(),
                workspace.slug(),
                workspace.members(),
                workspace.archivedAt().isPresent(),
                When.of(workspace.archivedAt().orElse(workspace.createdAt()), now),
                people.stream()
                        .filter(person -> isIn(person, workspace.id()))
                        .map(person -> new CompanyView.Person(
                                person.id().toString(),
                                Who.person(person.handle(), person.name(), person.photo()),
                                person.name()))
                        .toList(),
                people.stream()
                        .filter(person -> !isIn(person, workspace.id()))
                        .map(person ->
                                new Choice(person.id().toString(), person.name() + ", @" + person.handle(), false))
                        .toList());
    }

    private static boolean isIn(Member person, UUID workspace) {
        return person.workspaces().stream().anyMatch(place -> place.id().equals(workspace));
    }
}
