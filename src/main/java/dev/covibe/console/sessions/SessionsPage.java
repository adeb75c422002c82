package dev.covibe.console.sessions;

import dev.covibe.agents.SessionLists;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The sessions of the workspace, the last seen first (AGT-1). */
@Path("/workstreams/sessions")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class SessionsPage {

    private static final int ROWS = 50;

    private final Frames frames;
    private final SessionLists lists;
    private final UsageQueries usage;
    private final Clock clock;

    SessionsPage(Frames frames, SessionLists lists, UsageQueries usage, Clock clock) {
        this.frames = frames;
        this.lists = lists;
        this.usage = usage;
        this.clock = clock;
    }

    /**
     * @param of whose sessions, in words; empty for all
     * @param next the address of what comes after, empty at the end
     */
    record View(String of, String state, List<Choice> states, List<SessionLine> sessions, String next, String all) {}

    @CheckedTemplate(basePath = "session")
    static class Templates {
        private Templates() {}

        static native TemplateInstance list(Frame frame, SessionsPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @QueryParam("state") Optional<String> state,
            @QueryParam("developer") Optional<String> developer,
            @QueryParam("agent") Optional<String> agent,
            @QueryParam("name") Optional<String> name,
            @QueryParam("cursor") Optional<String> cursor,
            @Context UriInfo address) {
        Caller caller = frames.caller();
        People people = frames.people();
        Instant now = clock.instant();
        Optional<String> wanted = state.filter(text -> !text.isEmpty());
        SessionLists.Filter filter = new SessionLists.Filter(
                wanted.map(SessionLists::state), developer, agent.map(AgentType::of), name, Optional.empty());
        Page<SessionView> page = lists.page(caller, filter, cursor.map(Cursor::of), ROWS);
        Map<UUID, UsageTotals> used = usage.ofSessions(
                caller, page.items().stream().map(SessionView::id).toList());
        View view = new View(
                developer
                        .map(handle -> "@" + handle
                                + name.map(called -> " / " + called).orElse(""))
                        .orElse(""),
                wanted.orElse(""),
                List.of(
                        state("", "All", wanted, address),
                        state("active", "Active", wanted, address),
                        state("idle", "Idle", wanted, address),
                        state("stale", "Stale", wanted, address),
                        state("ended", "Ended", wanted, address)),
                page.items().stream()
                        .map(session ->
                                SessionLine.of(session, used.getOrDefault(session.id(), UsageTotals.NONE), people, now))
                        .toList(),
                page.cursor()
                        .map(next -> relative(address.getRequestUriBuilder()
                                .replaceQueryParam("cursor", next)
                                .build()
                                .toString()))
                        .orElse(""),
                "/workstreams/sessions");
        return Templates.list(frames.work("Sessions", true, people), view);
    }

    private static Choice state(String key, String word, Optional<String> chosen, UriInfo address) {
        Object[] wanted = key.isEmpty() ? new Object[0] : new Object[] {key};
        String target = relative(address.getRequestUriBuilder()
                .replaceQueryParam("cursor")
                .replaceQueryParam("state", wanted)
                .build()
                .toString());
        return new Choice(target, word, chosen.orElse("").equals(key));
    }

    private static String relative(String address) {
        return address.replaceFirst("^[a-z]+://[^/]+", "");
    }
}
