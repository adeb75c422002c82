package dev.covibe.insight.search;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The one search over REST. */
@Path("/api/search")
@Tag(name = "Search")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SearchResource {

    private static final int USUAL = 10;

    private final CurrentCaller current;
    private final Search search;

    SearchResource(CurrentCaller current, Search search) {
        this.current = current;
        this.search = search;
    }

    @GET
    @Operation(
            summary = "Search everything",
            description =
                    "Tasks, workstreams, decisions, sessions and people in which all words of `q` occur, or begin."
                            + " A key such as `WEB-12` finds its task. `limit` of each kind, 1 to 50, 10 unless told.")
    @APIResponse(responseCode = "200", description = "What was found, by kind, the best first")
    @APIResponse(responseCode = "400", description = "`q` is longer than 200 characters, or `limit` out of range")
    public Found find(@QueryParam("q") Optional<String> text, @QueryParam("limit") Optional<Integer> limit) {
        int most = limit.orElse(USUAL);
        if (most < 1 || most > Search.MOST) {
            throw Refusal.invalidField("limit", "The limit must lie between 1 and " + Search.MOST + ".");
        }
        return search.find(current.get(), text.orElse(""), most);
    }
}
