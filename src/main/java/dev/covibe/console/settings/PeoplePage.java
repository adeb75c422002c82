package dev.covibe.console.settings;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.Typed;
import dev.covibe.console.frame.Undo;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.identity.members.Invitations;
import dev.covibe.identity.members.Member;
import dev.covibe.identity.members.Members;
import dev.covibe.identity.members.TenantWorkspaces;
import dev.covibe.identity.workos.Outbox;
import dev.covibe.identity.workos.WorkosAccount;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Cursor;
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
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The people of the company, in the settings (IDN-5): everybody sees who is in, admins say who is. */
@Path("/settings/people")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class PeoplePage {

    private static final String HERE = "/settings/people";
    private static final int SHOWN = 100;

    private final Frames frames;
    private final Members members;
    private final Invitations invitations;
    private final TenantWorkspaces workspaces;
    private final Outbox outbox;
    private final WorkosAccount account;
    private final Clock clock;

    PeoplePage(
            Frames frames,
            Members members,
            Invitations invitations,
            TenantWorkspaces workspaces,
            Outbox outbox,
            WorkosAccount account,
            Clock clock) {
        this.frames = frames;
        this.members = members;
        this.invitations = invitations;
        this.workspaces = workspaces;
        this.outbox = outbox;
        this.account = account;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance people(Frame frame, PeopleView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@QueryParam("cursor") Optional<String> cursor) {
        return page(cursor.map(Cursor::of), Filled.BLANK, "");
    }

    @POST
    @Operation(hidden = true)
    public Response invite(
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("role") @DefaultValue("member") String role,
            @FormParam("workspace") List<UUID> chosen,
            @FormParam("initial_password") @DefaultValue("") String password) {
        Caller caller = frames.caller();
        try {
            Role wanted = role.equals("admin") ? Role.ADMIN : Role.MEMBER;
            Invitations.Wanted person = new Invitations.Wanted(email, Typed.text(name), wanted, chosen);
            if (password.isEmpty()) {
                invitations.invite(caller, person);
            } else {
                invitations.create(caller, person, password);
            }
            return Response.seeOther(URI.create(HERE)).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            Map<String, String> errors = refusal.code().equals("member.known")
                    ? Map.of("email", refusal.getMessage())
                    : FormErrors.of(refusal, Map.of());
            // The password is not shown again: it would stand in the page's source.
            Filled form = new Filled(errors, Map.of("email", email, "name", name, "role", role));
            return Frames.refused(refusal, page(Optional.empty(), form, ""));
        }
    }

    @POST
    @Path("/{id}/role")
    @Operation(hidden = true)
    public Response changeRole(@PathParam("id") UUID id, @FormParam("role") @DefaultValue("") String role) {
        Caller caller = frames.caller();
        Role wanted = role.equals("admin") ? Role.ADMIN : Role.MEMBER;
        boolean admin = members.find(caller, id).admin();
        Response changed = act(() -> members.changeRole(caller, id, wanted));
        boolean refused = changed.getStatus() != Response.Status.SEE_OTHER.getStatusCode();
        // Whoever gave up the role themself has no right to take it back.
        if (refused || admin == (wanted == Role.ADMIN) || id.equals(caller.developerId())) {
            return changed;
        }
        String said = members.find(caller, id).name() + " is " + (admin ? "a member" : "an admin");
        return frames.done(HERE, Undo.of(said, HERE + "/" + id + "/role", Map.of("role", admin ? "admin" : "member")));
    }

    @POST
    @Path("/{id}/removal")
    @Operation(hidden = true)
    public Response remove(@PathParam("id") UUID id) {
        return act(() -> members.remove(frames.caller(), id));
    }

    @POST
    @Path("/{id}/invitation")
    @Operation(hidden = true)
    public Response inviteAgain(@PathParam("id") UUID id) {
        return act(() -> invitations.again(frames.caller(), id));
    }

    @POST
    @Path("/{id}/password-reset")
    @Operation(hidden = true)
    public Response resetPassword(@PathParam("id") UUID id) {
        return act(() -> members.requestPasswordReset(frames.caller(), id));
    }

    @POST
    @Path("/waiting/{id}")
    @Operation(hidden = true)
    public Response decide(@PathParam("id") UUID id, @FormParam("decision") @DefaultValue("") String decision) {
        return act(() -> {
            if (decision.equals("give-up")) {
                outbox.giveUp(frames.caller(), id);
            } else {
                outbox.tryAgain(frames.caller(), id);
            }
        });
    }

    private Response act(Runnable act) {
        try {
            act.run();
            return Response.seeOther(URI.create(HERE)).build();
        } catch (Refusal.Conflict refusal) {
            return Frames.refused(refusal, page(Optional.empty(), Filled.BLANK, refusal.getMessage()));
        }
    }

    private TemplateInstance page(Optional<Cursor> cursor, Filled form, String error) {
        Caller caller = frames.caller();
        boolean admin = caller.role() == Role.ADMIN;
        Instant now = clock.instant();
        Page<Member> page = members.list(caller, cursor, SHOWN);
        PeopleView view = new PeopleView(
                admin,
                account.isThere(),
                page.items().stream().map(member -> person(member, caller, now)).toList(),
                admin
                        ? workspaces.list(caller).stream()
                                .filter(workspace -> workspace.archivedAt().isEmpty())
                                .map(workspace -> new Choice(
                                        workspace.id().toString(),
                                        workspace.name(),
                                        workspace.id().equals(caller.workspaceId())))
                                .toList()
                        : List.of(),
                admin
                        ? outbox.waiting(caller).stream()
                                .map(waiting -> waiting(waiting, now))
                                .toList()
                        : List.of(),
                form,
                error,
                page.cursor().map(next -> HERE + "?cursor=" + next).orElse(""));
        return Templates.people(frames.settings(frames.people()), view);
    }

    private static PeopleView.Person person(Member member, Caller caller, Instant now) {
        return new PeopleView.Person(
                member.id().toString(),
                Who.person(member.handle(), member.name(), member.photo()),
                member.name(),
                member.handle(),
                member.email(),
                member.admin(),
                member.id().equals(caller.developerId()),
                member.workspaces().stream().map(Member.Workspace::name).collect(Collectors.joining(", ")),
                When.of(member.joinedAt(), now),
                member.invitation().map(invitation -> state(invitation, now)).orElse(""),
                member.invitation().flatMap(Member.Invitation::error).orElse(""));
    }

    private static String state(Member.Invitation invitation, Instant now) {
        return switch (invitation.state()) {
            case WAITING -> "Invitation on its way";
            case SENT -> "Invited " + When.of(invitation.invitedAt(), now).ago();
            case FAILING ->
                "Invitation not sent, next try "
                        + invitation.nextTryAt().map(next -> inWords(next, now)).orElse("soon");
        };
    }

    private static PeopleView.Waiting waiting(Outbox.Waiting waiting, Instant now) {
        String tries = waiting.attempts() == 0
                ? "Not tried yet"
                : (waiting.attempts() == 1 ? "Tried once" : "Tried " + waiting.attempts() + " times") + ", next try "
                        + inWords(waiting.nextTryAt(), now);
        return new PeopleView.Waiting(
                waiting.id().toString(),
                words(waiting.kind()) + " " + waiting.subject(),
                When.of(waiting.createdAt(), now),
                tries,
                waiting.lastError().orElse(""));
    }

    private static String words(String kind) {
        return switch (kind) {
            case "invitation" -> "Invite";
            case "membership" -> "Let in";
            case "membership-role" -> "Change the role of";
            case "membership-end" -> "Remove";
            case "password-reset" -> "Mail a password link to";
            default -> "Rename the company to";
        };
    }

    private static String inWords(Instant next, Instant now) {
        long seconds = Math.max(0, next.getEpochSecond() - now.getEpochSecond());
        return seconds < 60 ? "in " + Math.max(1, seconds) + " s" : "in " + (seconds + 59) / 60 + " min";
    }
}
