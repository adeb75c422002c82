package dev.covibe.coordination.claims;

import dev.covibe.agents.SessionEnded;
import dev.covibe.agents.SessionSeen;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.TaskClosed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Claims live as long as the session that made them and the task that they are for. */
@ApplicationScoped
class ClaimEndings {

    private final Transactions transactions;
    private final Claims claims;
    private final ClaimStore store;
    private final OpenClaims open;

    ClaimEndings(Transactions transactions, Claims claims, ClaimStore store, OpenClaims open) {
        this.transactions = transactions;
        this.claims = claims;
        this.store = store;
        this.open = open;
    }

    void goOn(@Observes SessionSeen seen) {
        transactions.run(seen.caller().place(), () -> store.prolong(seen.caller(), seen.sessionId()));
    }

    void endWith(@Observes SessionEnded ended) {
        transactions.run(
                ended.caller().place(),
                () -> claims.end(
                        ended.caller(), open.ofSession(ended.caller(), ended.sessionId()), ReleasedBy.SESSION));
    }

    void endWith(@Observes TaskClosed closed) {
        transactions.run(closed.caller().place(), () -> {
            OpenClaims.Open ending = open.ofTask(closed.caller(), closed.taskId());
            claims.end(closed.caller(), ending, ReleasedBy.TASK);
            store.attribute(closed.caller(), ending, closed.taskId());
        });
    }
}
