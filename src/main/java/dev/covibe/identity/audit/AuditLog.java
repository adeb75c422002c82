package dev.covibe.identity.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.platform.web.SafeCell;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tenant's audit log as its admins read it (IDN-10), the newest first. */
@ApplicationScoped
public class AuditLog {

    // What stands for "everything": a parameter without a type would make the driver ask the database twice each time.
    private static final String LAST = "infinity";
    private static final UUID LAST_ID = new UUID(-1, -1);

    private final Transactions transactions;
    private final Sql sql;
    private final Audit audit;

    AuditLog(Transactions transactions, Sql sql, Audit audit) {
        this.transactions = transactions;
        this.sql = sql;
        this.audit = audit;
    }

    /**
     * Which entries; what is empty does not filter.
     *
     * @param actor a handle, with or without {@code @}
     * @param action an action such as {@code token.created}, or its first word alone for all of its kind
     * @param from the earliest time
     * @param until the first time that is too late
     */
    public record Filter(
            Optional<String> actor, Optional<String> action, Optional<Instant> from, Optional<Instant> until) {

        public static final Filter NONE =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Filter {
            actor = actor.map(text -> text.strip().replaceFirst("^@", "")).filter(text -> !text.isEmpty());
            action = action.map(String::strip).filter(text -> !text.isEmpty());
        }
    }

    /**
     * One act.
     *
     * @param actor the handle of who did it; absent when it came from outside, such as WorkOS
     * @param actorName their name today
     * @param address where the request came from; absent where there was none
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Entry(
            UUID id,
            Instant at,
            Optional<String> actor,
            Optional<String> actorName,
            String action,
            String subject,
            Optional<String> address) {}

    /**
     * @param limit 1 to {@link Page#MOST}
     * @throws dev.covibe.platform.problem.Refusal.Forbidden {@code identity.admin-only}
     */
    public Page<Entry> page(Caller caller, Filter filter, Optional<Cursor> cursor, int limit) {
        caller.mustBeAdmin();
        return Page.of(read(caller, filter, cursor, limit + 1), limit, AuditLog::position);
    }

    private static Cursor position(Entry entry) {
        return new Cursor(entry.at(), entry.id());
    }

    private List<Entry> read(Caller caller, Filter filter, Optional<Cursor> cursor, int limit) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        """
                        select a.id, a.at, d.handle, d.name, a.action, a.subject, a.address
                          from audit_entries a
                          left join developers d on d.id = a.actor_id
                         where a.tenant_id = ?
                           and (? = ''
                             or a.actor_id = (select k.id from developers k where k.tenant_id = a.tenant_id and k.handle = lower(?)))
                           and (? = '' or a.action = ? or starts_with(a.action, ? || '.'))
                           and a.at >= ?::timestamptz
                           and a.at < ?::timestamptz
                           and (a.at, a.id) < (?::timestamptz, ?::uuid)
                         order by a.at desc, a.id desc
                         limit ?
                        """,
                        AuditLog::entry,
                        caller.place().tenantId(),
                        filter.actor().orElse(""),
                        filter.actor().orElse(""),
                        filter.action().orElse(""),
                        filter.action().orElse(""),
                        filter.action().orElse(""),
                        filter.from().map(Instant::toString).orElse("-infinity"),
                        filter.until().map(Instant::toString).orElse(LAST),
                        cursor.map(position -> position.at().toString()).orElse(LAST),
                        cursor.map(Cursor::id).orElse(LAST_ID),
                        limit));
    }

    private static Entry entry(Row row) throws SQLException {
        return new Entry(
                row.uuid("id"),
                row.instant("at"),
                row.optionalText("handle"),
                row.optionalText("name"),
                row.text("action"),
                row.text("subject"),
                row.optionalText("address"));
    }

    /** Every action that the log holds, in the order of the alphabet: what a reader may filter by. */
    public List<String> actions(Caller caller) {
        caller.mustBeAdmin();
        // Jumps from one action to the next in the index, so that it costs actions and not entries.
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        """
                        with recursive known as (
                            (select action from audit_entries where tenant_id = ? order by action limit 1)
                            union all
                            select (select a.action from audit_entries a
                                     where a.tenant_id = ? and a.action > k.action order by a.action limit 1)
                              from known k
                             where k.action is not null)
                        select action from known where action is not null
                        """,
                        row -> row.text("action"),
                        caller.place().tenantId(),
                        caller.place().tenantId()));
    }

    /** The log as a file for download. That it is taken out of the building is an entry of the log itself. */
    public Response file(Caller caller, Filter filter) {
        caller.mustBeAdmin();
        audit.record(caller, "export.taken", "audit log");
        StreamingOutput output =
                stream -> write(caller, filter, new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        return Response.ok(output, "text/csv;charset=utf-8")
                .header("Content-Disposition", "attachment; filename=\"audit-log.csv\"")
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Writes what the filter lets through as CSV, read in pages so that the length of the log does not matter. */
    private void write(Caller caller, Filter filter, Writer writer) throws IOException {
        CsvWriter csv = CsvWriter.builder().build(writer);
        csv.writeRecord("at", "actor", "action", "subject", "address");
        Optional<Cursor> cursor = Optional.empty();
        do {
            Page<Entry> page = page(caller, filter, cursor, Page.MOST);
            for (Entry entry : page.items()) {
                csv.writeRecord(
                        entry.at().toString(),
                        SafeCell.of(entry.actor().orElse("")),
                        SafeCell.of(entry.action()),
                        SafeCell.of(entry.subject()),
                        SafeCell.of(entry.address().orElse("")));
            }
            cursor = page.cursor().map(Cursor::of);
        } while (cursor.isPresent());
        csv.flush();
        writer.flush();
    }
}
