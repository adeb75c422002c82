package dev.covibe.console;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.identity.Developers;
import dev.covibe.identity.PersonSessions;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import dev.covibe.platform.web.Cookies;
import dev.covibe.platform.web.Csrf;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;

/** Who looks at the console in this request, and the {@link Frame} around what they see. */
@RequestScoped
class Frames {

    /** {@code icons} when the reader has narrowed the rail; absent otherwise. */
    static final String RAIL = "covibe_rail";

    private static final String STREAM = "/api/events/stream";

    private final CurrentCaller current;
    private final PersonSessions sessions;
    private final Developers developers;
    private final CovibeSettings settings;
    private final Cookies cookies;
    private final Csrf csrf;
    private final RoutingContext context;

    Frames(
            CurrentCaller current,
            PersonSessions sessions,
            Developers developers,
            CovibeSettings settings,
            Cookies cookies,
            Csrf csrf,
            RoutingContext context) {
        this.current = current;
        this.sessions = sessions;
        this.developers = developers;
        this.settings = settings;
        this.cookies = cookies;
        this.csrf = csrf;
        this.context = context;
    }

    /** The member who looks. Pages are for browsers; a person who belongs nowhere yet is led to the first steps. */
    Caller caller() {
        person();
        return current.caller()
                .orElseThrow(() -> new RedirectionException(Response.Status.SEE_OTHER, URI.create("/onboarding")));
    }

    private PersonSessions.Person person() {
        return current.person()
                .orElseThrow(() -> Refusal.forbidden(
                        "identity.browser-only", "This is a page for people; programs use the API below /api."));
    }

    /** Whether htmx asks, and so wants a part of the page. */
    boolean wantsPart() {
        return context.request().getHeader("HX-Request") != null;
    }

    People people() {
        return People.of(developers, caller());
    }

    Frame work(String title, boolean reading, People people) {
        return frame(title, "workstreams", reading, people);
    }

    Frame settings(People people) {
        return frame("Settings", "settings", true, people);
    }

    private Frame frame(String title, String page, boolean reading, People people) {
        Caller caller = caller();
        String email = person().email();
        List<PersonSessions.Membership> memberships = sessions.memberships(email);
        PersonSessions.Membership here = memberships.stream()
                .filter(membership -> membership.workspaceId().equals(caller.workspaceId()))
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("workspace.unknown", "You are no longer in this workspace."));
        return new Frame(
                title,
                page,
                reading,
                cookies.read(context, Cookies.THEME).orElse(""),
                cookies.read(context, RAIL).isPresent(),
                settings.auth() == AuthMode.LOCAL,
                csrf.token(context),
                STREAM,
                people.who(caller.handle(), java.util.Optional.empty()),
                email,
                here.tenant(),
                here.workspace(),
                memberships.stream()
                        .filter(membership -> membership.tenantId().equals(here.tenantId()))
                        .map(membership -> new Frame.Workspace(
                                membership.workspaceId().toString(), membership.workspace(), membership == here))
                        .toList());
    }
}
