package dev.covibe.agents.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Alerts as people meet them: read, acknowledged, snoozed (AGT-9). Every member may do each. */
@ApplicationScoped
public class Alerts {

    public static final int LONGEST_SNOOZE_HOURS = 24 * 30;

    private static final String VIEW = """
            select a.*, a.figures::text as text, k.handle as acknowledger, z.handle as snoozer
              from alerts a
              left join developers k on k.id = a.acknowledged_by
              left join developers z on z.id = a.snoozed_by
             where a.workspace_id = ?
            """;

    private final Transactions transactions;
    private final Sql sql;
    private final ObjectMapper json;
    private final Clock clock;

    Alerts(Transactions transactions, Sql sql, ObjectMapper json, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /** The latest first. */
    public Page<AlertView> page(Caller caller, boolean openOnly, Optional<Cursor> after, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId()));
        StringBuilder query = new StringBuilder(VIEW).append(openOnly ? " and a.closed_at is null" : "");
        after.ifPresent(cursor -> {
            query.append(" and (a.raised_at, a.id) < (?, ?)");
            parameters.add(cursor.at());
            parameters.add(cursor.id());
        });
        query.append(" order by a.raised_at desc, a.id desc limit ").append(limit + 1);
        List<AlertView> rows =
                transactions.in(caller.place(), () -> sql.list(query.toString(), this::view, parameters.toArray()));
        return Page.of(rows, limit, alert -> new Cursor(alert.raisedAt(), alert.id()));
    }

    /** The open alerts about any of these subjects. */
    public List<AlertView> about(Caller caller, List<UUID> subjects) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        VIEW + " and a.closed_at is null and a.subject_id = any(?::uuid[]) order by a.raised_at desc",
                        this::view,
                        caller.workspaceId(),
                        subjects.stream().map(UUID::toString).toList()));
    }

    /** How many wait for somebody: open, not acknowledged, not snoozed now. */
    public long wanting(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one("""
                        select count(*) as wanting from alerts
                         where workspace_id = ? and closed_at is null and acknowledged_at is null
                           and (snoozed_until is null or snoozed_until <= ?)
                        """, row -> row.bigint("wanting"), caller.workspaceId(), clock.instant()));
    }

    /**
     * Somebody looks after it. It stays open until its cause is gone; a second time changes nothing.
     *
     * @throws Refusal.NotFound {@code alert.unknown}
     * @throws Refusal.Conflict {@code alert.closed}
     */
    public AlertView acknowledge(Caller caller, UUID id) {
        return change(caller, id, """
                acknowledged_by = coalesce(acknowledged_by, ?::uuid), acknowledged_at = coalesce(acknowledged_at, ?)
                """, caller.developerId(), clock.instant());
    }

    /**
     * Nobody looks after it after all.
     *
     * @throws Refusal.NotFound {@code alert.unknown}
     * @throws Refusal.Conflict {@code alert.closed}
     */
    public AlertView withdraw(Caller caller, UUID id) {
        return change(caller, id, "acknowledged_by = null, acknowledged_at = null");
    }

    /**
     * Nobody wants to hear of it for some time.
     *
     * @param hours 1 to {@link #LONGEST_SNOOZE_HOURS}
     * @throws Refusal.NotFound {@code alert.unknown}
     * @throws Refusal.Conflict {@code alert.closed}
     */
    public AlertView snooze(Caller caller, UUID id, int hours) {
        if (hours < 1 || hours > LONGEST_SNOOZE_HOURS) {
            throw Refusal.invalidField("/hours", "Snooze for 1 to " + LONGEST_SNOOZE_HOURS + " hours.");
        }
        return change(
                caller,
                id,
                "snoozed_by = ?, snoozed_until = ?",
                caller.developerId(),
                clock.instant().plus(Duration.ofHours(hours)));
    }

    /**
     * @throws Refusal.NotFound {@code alert.unknown}
     * @throws Refusal.Conflict {@code alert.closed}
     */
    public AlertView wake(Caller caller, UUID id) {
        return change(caller, id, "snoozed_by = null, snoozed_until = null");
    }

    private AlertView change(Caller caller, UUID id, String change, Object... values) {
        return transactions.in(caller.place(), () -> {
            AlertView alert = one(caller, id, " for update of a");
            if (alert.closedAt().isPresent()) {
                throw Refusal.conflict("alert.closed", "The cause of this alert is gone, and so is the alert.");
            }
            List<Object> parameters = new ArrayList<>(List.of(values));
            parameters.add(caller.workspaceId());
            parameters.add(id);
            sql.update("update alerts set " + change + " where workspace_id = ? and id = ?", parameters.toArray());
            return one(caller, id, "");
        });
    }

    private AlertView one(Caller caller, UUID id, String lock) {
        return sql.first(VIEW + " and a.id = ?" + lock, this::view, caller.workspaceId(), id)
                .orElseThrow(() -> Refusal.notFound("alert.unknown", "There is no such alert in this workspace."));
    }

    private AlertView view(Row row) throws SQLException {
        AlertKind kind = AlertKind.of(row.text("kind"));
        JsonNode figures = figures(row.text("text"));
        Optional<Instant> closedAt = row.optionalInstant("closed_at");
        Optional<Instant> acknowledgedAt = row.optionalInstant("acknowledged_at");
        Optional<Instant> snoozedUntil = row.optionalInstant("snoozed_until");
        boolean snoozed =
                snoozedUntil.filter(until -> until.isAfter(clock.instant())).isPresent();
        return new AlertView(
                row.uuid("id"),
                kind,
                row.uuid("subject_id"),
                Sentences.of(kind, figures),
                figures,
                row.instant("raised_at"),
                row.instant("seen_at"),
                closedAt,
                row.optionalText("acknowledger"),
                acknowledgedAt,
                row.optionalText("snoozer"),
                snoozedUntil,
                closedAt.isEmpty() && acknowledgedAt.isEmpty() && !snoozed);
    }

    private JsonNode figures(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("The figures of an alert are not JSON.", unreadable);
        }
    }
}
