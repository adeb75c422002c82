package dev.covibe.coordination.graph;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What machines report of repositories (GRF-1). Bodies up to 10 MiB. Repeating a call changes nothing. */
@Path("/api/snapshots")
@Tag(name = "Graph")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SnapshotResource {

    private final CurrentCaller current;
    private final Snapshots snapshots;

    SnapshotResource(CurrentCaller current, Snapshots snapshots) {
        this.current = current;
        this.snapshots = snapshots;
    }

    @POST
    @Operation(summary = "Report where a machine stands in a repository", description = """
                    All worktrees of the repository on the machine, and commits that the server does not have yet: at most \
                    5,000 a call. The answer names what is missing; send that and what it stands on until nothing is. \
                    Names and commit ids only: an absolute path refuses the whole snapshot. With `repository.private` the \
                    server forgets what the machine told of the repository and shows `@private` in its place.""")
    @APIResponse(responseCode = "200", description = "What was new, and what the server still misses")
    @APIResponse(
            responseCode = "400",
            description = "`snapshot.absolute-path`, `snapshot.too-large`, or a field is wrong; nothing was stored")
    @APIResponse(
            responseCode = "409",
            description = "`snapshot.private`: the developer keeps it private on this machine")
    public Snapshots.Receipt report(Snapshot snapshot) {
        return snapshots.take(current.get(), snapshot);
    }

    @DELETE
    @Operation(summary = "Forget what your machines reported of a repository", description = """
                    `repository` is its remote in any spelling, `root:` and its first commit, or `key:` and the SHA-256 of \
                    its identity. `machine` leaves your other machines alone. Commits that a teammate stands on stay. A \
                    private repository may be reported again afterwards. `sessions=true` also takes repository, branch and worktree \
                    out of your sessions there; what they used stays.""")
    @APIResponse(responseCode = "200", description = "How much was thrown away; zero when there was nothing")
    public Snapshots.Purged forget(
            @QueryParam("repository") Optional<String> repository,
            @QueryParam("machine") Optional<String> machine,
            @QueryParam("sessions") @DefaultValue("false") boolean sessions) {
        return snapshots.purge(
                current.get(),
                repository.orElseThrow(() -> Refusal.invalidField("repository", "Say which repository.")),
                machine.filter(name -> !name.isBlank()),
                sessions);
    }
}
