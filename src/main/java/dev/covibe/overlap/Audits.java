package dev.covibe.overlap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.journal.WorkEvent;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sweeps over all work at once with the scoring that plans are checked with (OVL-4), and keeps what it found as an event. */
@ApplicationScoped
public class Audits {

    /** More than anybody settles before the next audit. */
    static final int MOST_KEPT = 200;

    private static final long AUDITING = 7_022;

    private final Transactions transactions;
    private final Sql sql;
    private final Sweep sweep;
    private final AnsweredPairs answered;
    private final Journal journal;
    private final ObjectMapper json;
    private final Clock clock;

    Audits(
            Transactions transactions,
            Sql sql,
            Sweep sweep,
            AnsweredPairs answered,
            Journal journal,
            ObjectMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.sweep = sweep;
        this.answered = answered;
        this.journal = journal;
        this.json = json;
        this.clock = clock;
    }

    /** Audits the workspace now. Who asks while another audit of it runs waits for that one and gets its report. */
    public AuditReport run(Caller caller) {
        Instant asked = clock.instant();
        return transactions.in(caller.place(), () -> {
            sql.call(
                    "select pg_advisory_xact_lock(hashtextextended(?, ?))",
                    caller.workspaceId().toString(),
                    AUDITING);
            return latest(caller).filter(report -> report.at().isAfter(asked)).orElseGet(() -> audit(caller, false));
        });
    }

    /** The last audit, without what has been answered since. */
    public Optional<AuditReport> latest(Caller caller) {
        return transactions.in(caller.place(), () -> journal.latest(caller, EventKind.AUDITED)
                .map(event -> report(caller.place(), event)));
    }

    /** Audits the workspace for the night, unless another instance is at it or has been. */
    boolean nightly(Caller caller) {
        return transactions.in(caller.place(), () -> {
            boolean due =
                    sql.one("""
                    select pg_try_advisory_xact_lock(hashtextextended(?, ?)) as mine
                    """, row -> row.bool("mine"), caller.workspaceId().toString(), AUDITING)
                            && sql.one(
                                    "select exists (select from workspaces_due_for_audit(?) where workspace_id = ?) as due",
                                    row -> row.bool("due"),
                                    NightlyAudits.MOST_AT_ONCE,
                                    caller.workspaceId());
            if (due) {
                audit(caller, true);
            }
            return due;
        });
    }

    private AuditReport audit(Caller caller, boolean nightly) {
        Instant begun = clock.instant();
        Sweep.Found found = sweep.run(caller.place());
        List<Conflict> open = open(caller.place(), found.conflicts());
        AuditReport.Kept kept = new AuditReport.Kept(
                nightly,
                found.swept(),
                Duration.between(begun, clock.instant()).toMillis(),
                open.size(),
                open.stream().limit(MOST_KEPT).toList());
        journal.record(caller, EventKind.AUDITED, Subject.workspace(caller.workspaceId()), kept);
        return latest(caller).orElseThrow();
    }

    private List<Conflict> open(Place place, List<Conflict> conflicts) {
        Set<AnsweredPairs.Pair> known =
                answered.among(place, conflicts.stream().map(Conflict::pair).toList());
        return conflicts.stream()
                .filter(conflict -> !known.contains(conflict.pair()))
                .toList();
    }

    private AuditReport report(Place place, WorkEvent event) {
        try {
            AuditReport.Kept kept = json.treeToValue(event.payload(), AuditReport.Kept.class);
            List<Conflict> open = open(place, kept.conflicts());
            return new AuditReport(
                    event.id(),
                    event.at(),
                    event.handle(),
                    kept.nightly(),
                    kept.swept(),
                    kept.millis(),
                    kept.total() - (kept.conflicts().size() - open.size()),
                    open);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("An audit cannot be read: " + event.id(), unreadable);
        }
    }
}
