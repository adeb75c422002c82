package dev.covibe.coordination.decisions;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is read of decisions. */
@ApplicationScoped
public class DecisionQueries {

    private static final Duration RECENT = Duration.ofDays(14);

    /** A search that finds more shows the latest of them. */
    private static final int MOST_FOUND = 500;

    private static final int MOST_WORDS = 12;

    private static final String VIEW = """
            select d.*, a.handle as asker, n.handle as needed, c.handle as decider,
                   array(select p.key || '-' || t.number
                           from decision_tasks l
                           join tasks t on t.id = l.task_id
                           join projects p on p.id = t.project_id
                          where l.workspace_id = d.workspace_id and l.decision_id = d.id
                          order by t.created_at, t.id) as tasks
              from (select d.* from decisions d where d.workspace_id = ? and %s) d
              join developers a on a.id = d.asked_by
              left join developers n on n.id = d.needs_id
              left join developers c on c.id = d.decided_by
             order by %s
            """;

    private static final String DECIDED_LAST = "d.decided_at desc, d.id desc";
    private static final String ASKED_FIRST = "d.asked_at, d.id";
    private static final String ASKED_LAST = "d.asked_at desc, d.id desc";

    private final Transactions transactions;
    private final Sql sql;
    private final Clock clock;

    DecisionQueries(Transactions transactions, Sql sql, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.clock = clock;
    }

    /** @throws Refusal.NotFound {@code decision.unknown} */
    public DecisionView get(Caller caller, UUID id) {
        return list(caller, "d.id = ?", ASKED_LAST, id).stream().findFirst().orElseThrow(() -> unknown(id));
    }

    static Refusal unknown(UUID id) {
        return Refusal.notFound("decision.unknown", "There is no decision " + id + " in this workspace.");
    }

    /** Questions that nobody has decided, the oldest first. */
    public List<DecisionView> wanted(Caller caller, int limit) {
        return list(caller, "d.decided_at is null order by d.asked_at, d.id limit " + limit, ASKED_FIRST);
    }

    /** How many decisions are wanted, counted up to 1,000. */
    public int wantedCount(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        "select count(*) as many from (select from decisions d where d.workspace_id = ?"
                                + " and d.decided_at is null limit 1000) d",
                        row -> row.integer("many"),
                        caller.workspaceId()));
    }

    /** What was decided last. */
    public List<DecisionView> made(Caller caller, int limit) {
        return list(
                caller, "d.decided_at is not null order by d.decided_at desc, d.id desc limit " + limit, DECIDED_LAST);
    }

    /** A task's questions, decided and not, the last asked first. */
    public List<DecisionView> ofTask(Caller caller, UUID taskId, int limit) {
        return list(
                caller,
                "d.id in (select l.decision_id from decision_tasks l where l.workspace_id = ? and l.task_id = ?)"
                        + " order by d.asked_at desc, d.id desc limit " + limit,
                ASKED_LAST,
                caller.workspaceId(),
                taskId);
    }

    /**
     * What whoever begins must know: the latest decisions about their open tasks, the named task and its neighbours,
     * then those of the last 14 days.
     */
    public List<DecisionView> relevant(Caller caller, Optional<UUID> task, int limit) {
        return transactions.in(caller.place(), () -> {
            List<DecisionView> near = list(
                    caller,
                    """
                    d.decided_at is not null
                      and d.id in (select l.decision_id from decision_tasks l
                                    where l.workspace_id = d.workspace_id and l.task_id in (
                                          select t.id from tasks t
                                           where t.workspace_id = ? and t.owner_id = ?
                                             and t.status in ('planned', 'in_progress', 'in_review')
                                          union all
                                          select t.id from tasks t
                                           where t.workspace_id = ? and t.workstream_id =
                                                 (select w.workstream_id from tasks w where w.id = ?::uuid)
                                          union all
                                          select ?::uuid))
                     order by d.decided_at desc, d.id desc limit %d
                    """.formatted(limit),
                    DECIDED_LAST,
                    caller.workspaceId(),
                    caller.developerId(),
                    caller.workspaceId(),
                    task,
                    task);
            List<DecisionView> recent = list(
                    caller,
                    "d.decided_at > ? order by d.decided_at desc, d.id desc limit " + limit,
                    DECIDED_LAST,
                    clock.instant().minus(RECENT));
            return Stream.concat(near.stream(), recent.stream())
                    .distinct()
                    .limit(limit)
                    .toList();
        });
    }

    /** Decisions and questions that have all these words, or begin so, the latest first. */
    public List<DecisionView> search(Caller caller, String text, int limit) {
        String query = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        return query.isEmpty()
                ? List.of()
                : list(
                        caller,
                        "d.id in (select find_decisions(?, " + MOST_FOUND
                                + ")) order by coalesce(d.decided_at, d.asked_at) desc, d.id desc limit " + limit,
                        "coalesce(d.decided_at, d.asked_at) desc, d.id desc",
                        query);
    }

    /** One page of all of them, the last asked first. */
    public Page<DecisionView> page(Caller caller, boolean onlyOpen, Optional<String> cursor, int limit) {
        Optional<Cursor> from = cursor.map(Cursor::of);
        List<Object> position =
                from.<List<Object>>map(one -> List.of(one.at(), one.id())).orElse(List.of());
        String condition = (onlyOpen ? "d.decided_at is null" : "true")
                + (from.isPresent() ? " and (d.asked_at, d.id) < (?, ?)" : "")
                + " order by d.asked_at desc, d.id desc limit " + (limit + 1);
        return Page.of(
                list(caller, condition, ASKED_LAST, position.toArray()),
                limit,
                last -> new Cursor(last.askedAt(), last.id()));
    }

    /** The latest decision of the same question, and the question where it is still open. */
    List<DecisionView> same(Caller caller, String words) {
        Optional<DecisionView> decided = list(
                        caller,
                        "d.question_words = ? and d.decided_at is not null order by d.decided_at desc limit 1",
                        DECIDED_LAST,
                        words)
                .stream()
                .findFirst();
        Optional<DecisionView> open = list(
                        caller,
                        "d.question_words = ? and d.decided_at is null order by d.asked_at limit 1",
                        ASKED_FIRST,
                        words)
                .stream()
                .findFirst();
        return Stream.of(open, decided).flatMap(Optional::stream).toList();
    }

    private List<DecisionView> list(Caller caller, String condition, String order, Object... more) {
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId()));
        parameters.addAll(List.of(more));
        return transactions.in(
                caller.place(),
                () -> sql.list(VIEW.formatted(condition, order), DecisionQueries::view, parameters.toArray()));
    }

    private static DecisionView view(Row row) throws SQLException {
        return new DecisionView(
                row.uuid("id"),
                row.text("question"),
                row.texts("options"),
                row.texts("tasks"),
                row.optionalText("needed"),
                row.text("asker"),
                row.optionalText("asked_agent"),
                row.optionalUuid("asked_session_id"),
                row.instant("asked_at"),
                row.optionalText("choice"),
                row.optionalText("reason"),
                row.optionalText("decider"),
                row.optionalText("decided_agent"),
                row.optionalInstant("decided_at"));
    }
}
