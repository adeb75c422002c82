package dev.covibe.console.graph;

import dev.covibe.agents.PrivateMarks;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.coordination.graph.GraphQueries;
import dev.covibe.coordination.graph.RepositoryRef;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Origins;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /coordination/graph}: one tree of each repository over all machines (GRF-2). */
@Path("/coordination/graph")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class GraphPage {

    private final Frames frames;
    private final GraphQueries graphs;
    private final PrivateMarks marks;
    private final Origins origins;
    private final Clock clock;

    GraphPage(Frames frames, GraphQueries graphs, PrivateMarks marks, Origins origins, Clock clock) {
        this.frames = frames;
        this.graphs = graphs;
        this.marks = marks;
        this.origins = origins;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "graph")
    static class Templates {
        private Templates() {}

        static native TemplateInstance graph(Frame frame, GraphView view);

        static native TemplateInstance rows(GraphView.Window window);
    }

    /**
     * @param repository its identity; the one that was seen last when it is not given
     * @param commit the commit that was clicked, or the worktree with uncommitted work
     * @param from the commit with which the window begins; the top of the tree when it is not given
     * @param rows the same, and only the rows are wanted
     */
    @GET
    @Operation(hidden = true)
    public Response show(
            @QueryParam("repository") Optional<String> repository,
            @QueryParam("commit") Optional<String> commit,
            @QueryParam("from") Optional<String> from,
            @QueryParam("rows") Optional<String> rows,
            RoutingContext context) {
        try {
            return Response.ok(page(repository, commit, from, rows, context)).build();
        } catch (Refusal.NotFound gone) {
            if (!frames.wantsPart()) {
                throw gone;
            }
            // It was made private while the page stood open: nothing of it may go on standing there.
            return Response.noContent().header("HX-Redirect", GraphAddress.PAGE).build();
        }
    }

    private TemplateInstance page(
            Optional<String> repository,
            Optional<String> commit,
            Optional<String> from,
            Optional<String> rows,
            RoutingContext context) {
        Caller caller = frames.caller();
        People people = frames.people();
        List<RepositoryRef> known = graphs.repositories(caller);
        Optional<String> identity = repository
                .filter(asked -> !asked.isBlank())
                .or(() -> known.stream().findFirst().map(RepositoryRef::identity));
        GraphAddress address = new GraphAddress(identity.orElse(""), from.orElse(""), commit.orElse(""));
        if (identity.isEmpty()) {
            return Templates.graph(
                    frames.coordination("Graph", people),
                    GraphSheet.blank(address, hidden(caller), report(origins.endpoint(context))));
        }
        GraphSheet sheet =
                new GraphSheet(caller, graphs, graphs.graph(caller, identity.get()), address, people, clock.instant());
        if (frames.wantsPart() && rows.isPresent()) {
            return Templates.rows(sheet.window(rows.get()));
        }
        return Templates.graph(
                frames.coordination("Graph", people), sheet.view(known, hidden(caller), !wantsBeside(context)));
    }

    /** A click wants only what it shows; drawing the tree for it again would be most of the work. */
    private static boolean wantsBeside(RoutingContext context) {
        return "chosen".equals(context.request().getHeader("HX-Target"));
    }

    private GraphView.Hidden hidden(Caller caller) {
        PrivateMarks.Count count = marks.count(caller);
        return new GraphView.Hidden(count.own(), count.ofTeammates());
    }

    /** What reports a first head from any repository, with nothing installed but git and curl. */
    private static String report(String endpoint) {
        return """
                curl -X POST %s/snapshots \\
                  -H "Authorization: Bearer $COVIBE_TOKEN" \\
                  -H "Content-Type: application/json" \\
                  --data @snapshot.json""".formatted(endpoint.substring(0, endpoint.lastIndexOf("/mcp")));
    }
}
