package dev.covibe.console.frame;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.identity.Developers;
import dev.covibe.identity.PersonSessions;
import dev.covibe.identity.Role;
import dev.covibe.journal.Journal;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import dev.covibe.platform.web.Cookies;
import dev.covibe.platform.web.Csrf;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who looks at the console in this request, and the {@link Frame} around what they see. */
@RequestScoped
public class Frames {

    /** {@code icons} when the reader has narrowed the rail; absent otherwise. */
    public static final String RAIL = "covibe_rail";

    private static final String STREAM = "/api/events/stream";

    private final CurrentCaller current;
    private final PersonSessions sessions;
    private final Developers developers;
    private final CovibeSettings settings;
    private final Cookies cookies;
    private final Csrf csrf;
    private final RoutingContext context;
    private final ObjectMapper json;
    private final Undoing undoing;
    private final Journal journal;

    Frames(
            CurrentCaller current,
            PersonSessions sessions,
            Developers developers,
            CovibeSettings settings,
            Cookies cookies,
            Csrf csrf,
            RoutingContext context,
            ObjectMapper json,
            Undoing undoing,
            Journal journal) {
        this.current = current;
        this.sessions = sessions;
        this.developers = developers;
        this.settings = settings;
        this.cookies = cookies;
        this.csrf = csrf;
        this.context = context;
        this.json = json;
        this.undoing = undoing;
        this.journal = journal;
    }

    /** The member who looks. Pages are for browsers; a person who belongs nowhere yet is led to the first steps. */
    public Caller caller() {
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
    public boolean wantsPart() {
        return context.request().getHeader("HX-Request") != null;
    }

    public People people() {
        return People.of(developers, caller());
    }

    public Frame work(String title, boolean reading, People people) {
        return frame(title, "workstreams", reading, people);
    }

    public Frame performance(String title) {
        return frame(title, "performance", true, people());
    }

    public Frame coordination(String title, People people) {
        return frame(title, "coordination", false, people);
    }

    public Frame settings(People people) {
        return frame("Settings", "settings", true, people);
    }

    /** @param page the entry of the navigation that is current; empty for none */
    public Frame frame(String title, String page, boolean reading, People people) {
        return frame(title, page, reading, people, journal.bookmark());
    }

    /** @param bookmark of the transaction in which the page was read, where it is not the running one */
    public Frame frame(String title, String page, boolean reading, People people, Optional<String> bookmark) {
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
                bookmark.map(from -> STREAM + "?after=" + from).orElse(STREAM),
                people.who(caller.handle(), Optional.empty()),
                email,
                here.tenant(),
                here.workspace(),
                memberships.stream()
                        .filter(membership -> membership.tenantId().equals(here.tenantId()))
                        .map(membership -> new Frame.Workspace(
                                membership.workspaceId().toString(), membership.workspace(), membership == here))
                        .toList(),
                memberships.stream()
                        .filter(membership -> !membership.tenantId().equals(here.tenantId()))
                        .map(membership -> new Frame.Workspace(
                                membership.workspaceId().toString(),
                                membership.workspace() + " of " + membership.tenant(),
                                false))
                        .toList(),
                caller.role() == Role.ADMIN,
                undo());
    }

    /** A part that is read anew in the background leaves the offer to the page. */
    private List<Undo> undo() {
        return wantsPart() ? List.of() : undoing.take(context).stream().toList();
    }

    /** After a form was accepted: a browser goes to what it made; a dialog stays where it is and says so. */
    public Response planned(String address, String message) {
        if (!wantsPart()) {
            return Response.seeOther(URI.create(address)).build();
        }
        return told("covibe:planned", Map.of("url", address, "message", message));
    }

    /** After something was done that can be taken back (CON-8): where the browser goes next, it offers that. */
    public Response done(String address, Undo undo) {
        if (wantsPart()) {
            return told("covibe:undoable", undo);
        }
        undoing.keep(context, undo);
        return Response.seeOther(URI.create(address)).build();
    }

    /** The same where nothing may have changed after all, and so nothing is to be taken back. */
    public Response done(String address, Optional<Undo> undo) {
        return undo.map(offer -> done(address, offer))
                .orElseGet(() -> Response.seeOther(URI.create(address)).build());
    }

    private Response told(String event, Object what) {
        try {
            // A header holds no letters beyond ASCII.
            String news = json.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(Map.of(event, what));
            return Response.noContent().header("HX-Trigger", news).build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The form again, with what is wrong on it. */
    public static Response refused(Refusal refusal, TemplateInstance page) {
        return Response.status(refusal instanceof Refusal.Conflict ? 409 : 422)
                .entity(page)
                .build();
    }
}
