package dev.covibe.identity.workos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What WorkOS is still to be told. A row is written in the transaction of the act itself, so an act is neither lost when
 * WorkOS is away nor told when it was undone.
 */
@ApplicationScoped
public class Outbox {

    private static final int MOST = 200;

    private final Transactions transactions;
    private final Sql sql;
    private final ObjectMapper json;
    private final Audit audit;

    Outbox(Transactions transactions, Sql sql, ObjectMapper json, Audit audit) {
        this.transactions = transactions;
        this.sql = sql;
        this.json = json;
        this.audit = audit;
    }

    /**
     * Something that waits.
     *
     * @param kind what WorkOS is told, such as {@code invitation}
     * @param subject whom or what it concerns
     * @param attempts how often it was tried
     * @param nextTryAt when it is tried again
     * @param lastError why it failed the last time; absent before the first try
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Waiting(
            UUID id,
            String kind,
            String subject,
            Instant createdAt,
            int attempts,
            Instant nextTryAt,
            Optional<String> lastError) {}

    /**
     * Puts a row in, within the running transaction of the caller's tenant.
     *
     * @param payload ids, emails and names; never a secret
     */
    public void add(
            Caller caller, OutboxKind kind, String subject, Map<String, String> payload, Optional<UUID> developerId) {
        try {
            sql.update(
                    """
                    insert into outbox (id, tenant_id, kind, subject, payload, developer_id, created_by)
                    values (?, ?, ?, ?, ?::jsonb, ?, ?)
                    """,
                    Ids.next(),
                    caller.place().tenantId(),
                    kind.key(),
                    subject,
                    json.writeValueAsString(payload),
                    developerId,
                    caller.developerId());
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("An outbox row cannot be written.", failure);
        }
    }

    /** What waits, the oldest first, at most 200; for admins. */
    public List<Waiting> waiting(Caller caller) {
        caller.mustBeAdmin();
        return transactions.in(
                caller.place(),
                () -> sql.list("""
                        select id, kind, subject, created_at, attempts, next_try_at, last_error
                          from outbox
                         where tenant_id = ? and done_at is null and given_up_at is null
                         order by id limit ?
                        """, Outbox::waiting, caller.place().tenantId(), MOST));
    }

    private static Waiting waiting(Row row) throws SQLException {
        return new Waiting(
                row.uuid("id"),
                row.text("kind"),
                row.text("subject"),
                row.instant("created_at"),
                row.integer("attempts"),
                row.instant("next_try_at"),
                row.optionalText("last_error"));
    }

    /** Tries it again now. @throws Refusal.NotFound {@code outbox.unknown} */
    public void tryAgain(Caller caller, UUID id) {
        change(caller, id, "next_try_at = now()", "outbox.tried-again");
    }

    /** Tells WorkOS nothing of it any more. @throws Refusal.NotFound {@code outbox.unknown} */
    public void giveUp(Caller caller, UUID id) {
        change(caller, id, "given_up_at = now()", "outbox.given-up");
    }

    private void change(Caller caller, UUID id, String what, String action) {
        transactions.run(caller.place(), () -> {
            String subject = sql.first(
                            "select kind || ' ' || subject as subject from outbox where id = ? and done_at is null"
                                    + " and given_up_at is null for update",
                            row -> row.text("subject"),
                            id)
                    .orElseThrow(() -> Refusal.notFound("outbox.unknown", "Nothing like this waits any more."));
            caller.mustBeAdminInPerson();
            sql.update("update outbox set " + what + " where id = ?", id);
            audit.record(caller, action, subject);
        });
    }

    /** What concerns this person is not told any more, as an invitation is not after a removal. */
    public void drop(UUID developerId, OutboxKind kind) {
        sql.update(
                "update outbox set given_up_at = now() where developer_id = ? and kind = ? and done_at is null"
                        + " and given_up_at is null",
                developerId,
                kind.key());
    }
}
