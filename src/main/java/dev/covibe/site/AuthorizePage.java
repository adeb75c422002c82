package dev.covibe.site;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.identity.DeviceGrants;
import dev.covibe.identity.PersonSessions;
import dev.covibe.identity.PersonSessions.Membership;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Addresses;
import dev.covibe.tenancy.Place;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Where a person lets a machine in (IDN-8). It must be hard to be talked into approving a stranger: the page says who asks,
 * from where, since when and what the tokens can do; Enter denies, and approving wants a tick.
 */
@Path("/setup/authorize")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class AuthorizePage {

    private final CurrentCaller current;
    private final PersonSessions sessions;
    private final DeviceGrants grants;
    private final Addresses addresses;
    private final Gates gates;
    private final Clock clock;

    AuthorizePage(
            CurrentCaller current,
            PersonSessions sessions,
            DeviceGrants grants,
            Addresses addresses,
            Gates gates,
            Clock clock) {
        this.current = current;
        this.sessions = sessions;
        this.grants = grants;
        this.addresses = addresses;
        this.gates = gates;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "authorize")
    static class Templates {
        private Templates() {}

        static native TemplateInstance code(Gate gate, AuthorizeView.Code view);

        static native TemplateInstance decide(Gate gate, AuthorizeView.Decide view);

        static native TemplateInstance decided(Gate gate, AuthorizeView.Decided view);
    }

    @GET
    @Operation(hidden = true)
    public Response show(@QueryParam("user_code") @DefaultValue("") String typed, RoutingContext context) {
        PersonSessions.Person person = person();
        Optional<Caller> caller = person.caller();
        if (caller.isEmpty()) {
            return Response.seeOther(URI.create("/onboarding")).build();
        }
        if (typed.isBlank()) {
            return code(200, "", "", context);
        }
        return grants.look(caller.get(), typed, addresses.of(context))
                .map(request -> decide(200, person, request, "", context))
                .orElseGet(() -> code(
                        422,
                        typed,
                        "No machine is waiting with this code. Codes last 15 minutes; start again on the machine.",
                        context));
    }

    @POST
    @Operation(hidden = true)
    public Response answer(
            @FormParam("user_code") @DefaultValue("") String typed,
            @FormParam("workspace") Optional<UUID> workspace,
            @FormParam("mine") @DefaultValue("") String mine,
            @FormParam("decision") @DefaultValue("deny") String decision,
            RoutingContext context) {
        PersonSessions.Person person = person();
        Caller caller = person.caller()
                .orElseThrow(
                        () -> Refusal.notFound("device.unknown", "Join a workspace before you connect a machine."));
        Optional<DeviceGrants.Request> found = grants.look(caller, typed, addresses.of(context));
        if (found.isEmpty()) {
            return code(422, typed, "This code is not waiting any more. Start again on the machine.", context);
        }
        DeviceGrants.Request request = found.get();
        boolean approved = decision.equals("approve");
        if (approved && mine.isEmpty()) {
            return decide(422, person, request, "Tick the box only if you started this yourself.", context);
        }
        Membership seat = sessions.memberships(person).stream()
                .filter(membership -> membership.workspaceId().equals(workspace.orElseGet(caller::workspaceId)))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("workspace.unknown", "There is no such workspace."));
        grants.decide(seated(caller, seat), request, approved, addresses.of(context));
        AuthorizeView.Decided view =
                new AuthorizeView.Decided(approved, request.hostName(), seat.workspace() + " of " + seat.tenant());
        return answer(200, Templates.decided(gates.gate(approved ? "Connected" : "Denied", context), view));
    }

    private static Caller seated(Caller caller, Membership seat) {
        return new Caller(
                new Place(seat.tenantId(), seat.workspaceId()),
                seat.developerId(),
                caller.handle(),
                caller.role(),
                Optional.empty(),
                Optional.empty());
    }

    private PersonSessions.Person person() {
        return current.person()
                .orElseThrow(() -> Refusal.forbidden("identity.browser-only", "Sign in with a browser first."));
    }

    private Response code(int status, String typed, String error, RoutingContext context) {
        return answer(
                status, Templates.code(gates.gate("Connect a machine", context), new AuthorizeView.Code(typed, error)));
    }

    private Response decide(
            int status,
            PersonSessions.Person person,
            DeviceGrants.Request request,
            String error,
            RoutingContext context) {
        UUID here = person.caller().orElseThrow().workspaceId();
        List<AuthorizeView.Seat> seats = sessions.memberships(person).stream()
                .map(membership -> new AuthorizeView.Seat(
                        membership.workspaceId().toString(),
                        membership.workspace() + " of " + membership.tenant(),
                        membership.workspaceId().equals(here)))
                .toList();
        long minutes = Duration.between(request.askedAt(), clock.instant()).toMinutes();
        AuthorizeView.Decide view = new AuthorizeView.Decide(
                request.userCode(),
                request.hostName(),
                request.address(),
                minutes < 1 ? "just now" : minutes == 1 ? "a minute ago" : minutes + " minutes ago",
                request.agents().stream().map(AgentType::title).toList(),
                seats,
                person.email(),
                error);
        return answer(status, Templates.decide(gates.gate("Connect a machine", context), view));
    }

    private static Response answer(int status, TemplateInstance page) {
        return Response.status(status)
                .entity(page)
                .header("Cache-Control", "no-store")
                .build();
    }
}
