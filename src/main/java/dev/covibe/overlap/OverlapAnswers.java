package dev.covibe.overlap;

import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Learns from what people say of the pairs that are raised (OVL-6): an answered pair is not raised again, and counts. */
@ApplicationScoped
public class OverlapAnswers {

    /** In the journal alone, where an answer was taken back. */
    public static final String WITHDRAWN = "withdrawn";

    private static final int LONGEST_REASON = 500;
    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Transactions transactions;
    private final Sql sql;
    private final Journal journal;
    private final Clock clock;

    OverlapAnswers(Transactions transactions, Sql sql, Journal journal, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Answers for a pair, in whichever order it is named. A later answer replaces an earlier one.
     *
     * @param one key or id of the one piece of work
     * @throws Refusal.NotFound {@code overlap.unknown-work}
     */
    public OverlapAnswer answer(
            Caller caller, String one, String other, OverlapVerdict verdict, Optional<String> reason) {
        Optional<String> why = reason.map(String::strip).filter(text -> !text.isEmpty());
        if (why.map(String::length).orElse(0) > LONGEST_REASON) {
            throw Refusal.invalidField("/reason", "A reason has at most " + LONGEST_REASON + " characters.");
        }
        return transactions.in(caller.place(), () -> {
            Subject first = subject(caller, one);
            Subject second = subject(caller, other);
            if (first.id().equals(second.id())) {
                throw Refusal.invalidField("/other", "A pair is of two pieces of work.");
            }
            OverlapAnswer answer = sql.one(
                    """
                    insert into overlap_answers
                           (workspace_id, one_id, other_id, verdict, reason, answered_by, answered_at)
                    values (?, least(?::uuid, ?::uuid), greatest(?::uuid, ?::uuid), ?, ?, ?, ?)
                    on conflict (workspace_id, one_id, other_id) do update
                       set verdict = excluded.verdict, reason = excluded.reason,
                           answered_by = excluded.answered_by, answered_at = excluded.answered_at
                    returning answered_at
                    """,
                    row -> new OverlapAnswer(
                            first.key(), second.key(), verdict, why, caller.handle(), row.instant("answered_at")),
                    caller.workspaceId(),
                    first.id(),
                    second.id(),
                    first.id(),
                    second.id(),
                    verdict.key(),
                    why,
                    caller.developerId(),
                    clock.instant());
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("other", second.key());
            payload.put("other_id", second.id());
            payload.put("verdict", verdict.key());
            why.ifPresent(text -> payload.put("reason", text));
            journal.record(caller, EventKind.OVERLAP_ANSWERED, filed(first), payload);
            return answer;
        });
    }

    /**
     * Takes back the caller's answer for a pair, which may then be raised again.
     *
     * @throws Refusal.NotFound {@code overlap.unknown-work}
     * @throws Refusal.Conflict {@code overlap.no-answer} when the answer that stands is not theirs, or there is none
     */
    public void withdraw(Caller caller, String one, String other) {
        transactions.run(caller.place(), () -> {
            Subject first = subject(caller, one);
            Subject second = subject(caller, other);
            int gone = sql.update(
                    """
                    delete from overlap_answers
                     where workspace_id = ? and one_id = least(?::uuid, ?::uuid) and other_id = greatest(?::uuid, ?::uuid)
                       and answered_by = ?
                    """, caller.workspaceId(), first.id(), second.id(), first.id(), second.id(), caller.developerId());
            if (gone == 0) {
                throw Refusal.conflict("overlap.no-answer", "Your answer for this pair no longer stands.");
            }
            journal.record(
                    caller,
                    EventKind.OVERLAP_ANSWERED,
                    filed(first),
                    Map.of("other", second.key(), "other_id", second.id(), "verdict", WITHDRAWN));
        });
    }

    public PrecisionInUse precision(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        """
                        select count(*) filter (where verdict = 'same') as same,
                               count(*) filter (where verdict = 'different') as different,
                               (select count(*) from overlap_confirmations where workspace_id = ?) as confirmed
                          from overlap_answers
                         where workspace_id = ?
                        """,
                        row -> PrecisionInUse.of(row.bigint("same"), row.bigint("different"), row.bigint("confirmed")),
                        caller.workspaceId(),
                        caller.workspaceId()));
    }

    private Subject subject(Caller caller, String keyOrId) {
        String named = keyOrId.strip();
        boolean isId = named.matches(UUID_FORM);
        return sql.first(
                        "select kind, subject_id, key from overlap_footprints where workspace_id = ? and "
                                + (isId ? "subject_id = ?" : "key = ?"),
                        OverlapAnswers::subject,
                        caller.workspaceId(),
                        isId ? UUID.fromString(named) : named.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> Refusal.notFound(
                        "overlap.unknown-work", "There is no task or workstream " + named + " in this workspace."));
    }

    private static Subject subject(Row row) throws SQLException {
        return new Subject(Subject.Kind.valueOf(row.text("kind")), row.uuid("subject_id"), row.text("key"));
    }

    private static dev.covibe.journal.Subject filed(Subject subject) {
        return switch (subject.kind()) {
            case TASK -> dev.covibe.journal.Subject.task(subject.id(), subject.key(), Optional.empty());
            case WORKSTREAM -> dev.covibe.journal.Subject.workstream(subject.id(), subject.key());
            case CLAIM -> throw new IllegalArgumentException("A claim leaves no footprint.");
        };
    }
}
