package dev.covibe.agents.alerts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Raises an alert when a rule begins to find something, and closes it when the rule no longer does (AGT-9). */
@ApplicationScoped
class AlertCheck implements Chore {

    /** Rules look back two days; what an older session did cannot raise anything any more. */
    private static final Duration SEEN_FOR = Duration.ofDays(3);

    private final Transactions transactions;
    private final Workspaces workspaces;
    private final Sql sql;
    private final AlertRules rules;
    private final ObjectMapper json;
    private final Clock clock;

    AlertCheck(
            Transactions transactions,
            Workspaces workspaces,
            Sql sql,
            AlertRules rules,
            ObjectMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.sql = sql;
        this.rules = rules;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Whoever finds a workspace being checked leaves it alone. */
    @Override
    public void run() {
        List<Place> places = transactions.outside(() -> sql.list(
                "select * from workspaces_to_check(make_interval(secs => ?))",
                row -> new Place(row.uuid("tenant_id"), row.uuid("workspace_id")),
                SEEN_FOR.toSeconds()));
        places.forEach(this::check);
    }

    void check(Place place) {
        transactions.run(place, () -> {
            boolean mine = sql.one(
                    "select pg_try_advisory_xact_lock(hashtext('covibe.alerts'), hashtext(?)) as mine",
                    row -> row.bool("mine"),
                    place.workspaceId().toString());
            if (mine) {
                settle(place, clock.instant());
            }
        });
    }

    private record Subject(AlertKind kind, UUID id) {}

    private void settle(Place place, Instant now) {
        Set<Subject> found = new HashSet<>();
        for (Finding finding : rules.findings(place.workspaceId(), workspaces.calendar(place), now)) {
            found.add(new Subject(finding.kind(), finding.subject()));
            raise(place, finding, now);
        }
        sql
                .list(
                        "select kind, subject_id from alerts where workspace_id = ? and closed_at is null",
                        row -> new Subject(AlertKind.of(row.text("kind")), row.uuid("subject_id")),
                        place.workspaceId())
                .stream()
                .filter(open -> !found.contains(open))
                .forEach(gone ->
                        sql.update("""
                        update alerts set closed_at = ?
                         where workspace_id = ? and kind = ? and subject_id = ? and closed_at is null
                        """, now, place.workspaceId(), gone.kind().key(), gone.id()));
    }

    /** What comes back while it was snoozed stays snoozed: whoever wanted quiet did not mean the row. */
    private void raise(Place place, Finding finding, Instant now) {
        sql.update(
                """
                insert into alerts as known (id, workspace_id, kind, subject_id, raised_at, seen_at, figures, snoozed_by, snoozed_until)
                select ?, ?, ?, ?, ?, ?, ?::jsonb, former.snoozed_by, former.snoozed_until
                  from (select 1) as one
                  left join lateral (
                    select a.snoozed_by, a.snoozed_until from alerts a
                     where a.workspace_id = ? and a.kind = ? and a.subject_id = ? and a.snoozed_until > ?
                     order by a.snoozed_until desc limit 1) as former on true
                    on conflict (workspace_id, kind, subject_id) where closed_at is null
                    do update set seen_at = excluded.seen_at, figures = excluded.figures
                """,
                Ids.next(),
                place.workspaceId(),
                finding.kind().key(),
                finding.subject(),
                now,
                now,
                write(finding),
                place.workspaceId(),
                finding.kind().key(),
                finding.subject(),
                now);
    }

    private String write(Finding finding) {
        try {
            return json.writeValueAsString(finding.figures());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The figures of an alert cannot be written.", impossible);
        }
    }
}
