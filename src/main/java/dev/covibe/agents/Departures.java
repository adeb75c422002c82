package dev.covibe.agents;

import dev.covibe.identity.Caller;
import dev.covibe.identity.members.AccessEnded;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whoever is shown out of a place has no agents at work there any more, and what those had taken is free again. */
@ApplicationScoped
class Departures {

    private final Transactions transactions;
    private final Sql sql;
    private final Sessions sessions;
    private final Clock clock;

    Departures(Transactions transactions, Sql sql, Sessions sessions, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.sessions = sessions;
        this.clock = clock;
    }

    void endWith(@Observes AccessEnded gone) {
        Caller owner = new Caller(
                gone.place(), gone.developerId(), gone.handle(), gone.role(), Optional.empty(), Optional.empty());
        List<UUID> open = transactions.in(
                gone.place(),
                () -> sql.list(
                        "select id from agent_sessions where workspace_id = ? and developer_id = ? and ended_at is null",
                        row -> row.uuid("id"),
                        gone.place().workspaceId(),
                        gone.developerId()));
        // However lately it was seen: it is the owner who is gone.
        open.forEach(id -> sessions.sweep(owner, id, clock.instant().plus(Duration.ofDays(1))));
    }
}
