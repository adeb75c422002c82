package dev.covibe.agents;

import dev.covibe.agents.usage.SessionScore;
import dev.covibe.agents.usage.SessionUsage;
import dev.covibe.agents.usage.UsageAccounts;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.work.WorkQueries;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sessions over REST (AGT-1). They begin and end through their agents. */
@Path("/api/sessions")
@Tag(name = "Sessions")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SessionResource {

    private static final int USUAL = 50;
    private static final int CHILDREN = 100;

    private final CurrentCaller current;
    private final SessionQueries queries;
    private final SessionLists lists;
    private final WorkQueries work;
    private final UsageQueries usage;
    private final UsageAccounts accounts;
    private final SessionUsage closely;

    SessionResource(
            CurrentCaller current,
            SessionQueries queries,
            SessionLists lists,
            WorkQueries work,
            UsageQueries usage,
            UsageAccounts accounts,
            SessionUsage closely) {
        this.current = current;
        this.queries = queries;
        this.lists = lists;
        this.work = work;
        this.usage = usage;
        this.accounts = accounts;
        this.closely = closely;
    }

    /**
     * A session with what it used.
     *
     * @param usage all of it, from the source that counts
     * @param sources who reported it; only one of them counts
     * @param score how well it went, or goes so far
     */
    @RegisterForReflection
    public record SessionAccount(
            SessionView session,
            UsageTotals usage,
            List<UsageAccounts.OfModel> models,
            List<UsageAccounts.OfSource> sources,
            List<SessionView> children,
            SessionScore score) {}

    @GET
    @Operation(
            summary = "List sessions",
            description =
                    "The last seen first. `state`: active, idle, stale, ended; `developer`: a handle; `agent`: a type;"
                            + " `agent_name`; `task`: those that ever worked on it.")
    @APIResponse(responseCode = "200", description = "A page of sessions")
    public Page<SessionView> list(
            @QueryParam("state") Optional<String> state,
            @QueryParam("developer") Optional<String> developer,
            @QueryParam("agent") Optional<String> agent,
            @QueryParam("agent_name") Optional<String> agentName,
            @QueryParam("task") Optional<String> task,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        Caller caller = current.get();
        SessionLists.Filter filter = new SessionLists.Filter(
                state.map(SessionLists::state),
                developer,
                agent.map(AgentType::of),
                agentName,
                task.map(key -> work.task(caller, key).id()));
        return lists.page(caller, filter, cursor.map(Cursor::of), Page.limit(limit, USUAL));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a session with what it used")
    @APIResponse(responseCode = "200", description = "The session, its usage by model and source, its children")
    @APIResponse(responseCode = "404", description = "`session.unknown`")
    public SessionAccount get(UUID id) {
        Caller caller = current.get();
        SessionView session = queries.view(caller, id);
        return new SessionAccount(
                session,
                usage.ofSession(caller, id),
                accounts.models(caller, id),
                accounts.sources(caller, id),
                lists.children(caller, id, CHILDREN),
                closely.score(caller, id));
    }
}
