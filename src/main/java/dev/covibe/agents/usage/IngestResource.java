package dev.covibe.agents.usage;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Batches of usage, spans and signs of life (AGT-3), as the companion and other programs send them. */
@Path("/api/ingest")
@Tag(name = "Usage")
@RunOnVirtualThread
public class IngestResource {

    private final CurrentCaller current;
    private final IngestReader reader;
    private final Ledger ledger;

    IngestResource(CurrentCaller current, IngestReader reader, Ledger ledger) {
        this.current = current;
        this.reader = reader;
        this.ledger = ledger;
    }

    /** @param results one for each item, in the order of the items */
    @RegisterForReflection
    public record Answer(long accepted, long duplicates, long refused, List<Batch.Verdict> results) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Report usage, spans and signs of life", description = """
                    `{"items": [...]}` with at most 5,000 items of the kinds `usage`, `span`, `session_start`, \
                    `session_seen` and `session_end`; see docs/usage.md. Needs an MCP token. Sending an item again, by the \
                    same `id`, counts nothing twice. Fields that are not known are dropped unread. At most 10 MiB.""")
    @APIResponse(responseCode = "200", description = "What became of each item; a bad one never costs the good ones")
    @APIResponse(responseCode = "400", description = "`ingest.items-wanted`, `ingest.too-many`: nothing was taken")
    @APIResponse(responseCode = "403", description = "`ingest.token-wanted`: a browser reports no usage")
    public Answer ingest(byte[] body) {
        Caller caller = reporting(current.get());
        Batch batch = reader.read(body, caller.token().flatMap(Caller.Token::agentType));
        ledger.enter(caller, batch);
        return new Answer(
                batch.count(Batch.Status.ACCEPTED),
                batch.count(Batch.Status.DUPLICATE),
                batch.count(Batch.Status.REFUSED),
                batch.verdicts());
    }

    /** Usage is reported by agents, through their tokens, and by nobody else. */
    public static Caller reporting(Caller caller) {
        if (caller.token().isEmpty()) {
            throw Refusal.forbidden("ingest.token-wanted", "Usage is reported with an MCP token.");
        }
        return caller;
    }
}
