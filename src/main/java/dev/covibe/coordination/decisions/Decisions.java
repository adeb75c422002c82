package dev.covibe.coordination.decisions;

import dev.covibe.coordination.messages.MessagePriority;
import dev.covibe.coordination.messages.Messages;
import dev.covibe.coordination.messages.Origin;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Questions and their decisions (CRD-5). What is decided stays decided: agents are told instead of asking again. */
@ApplicationScoped
public class Decisions {

    private static final int LONGEST_KEY = 120;

    private final Transactions transactions;
    private final Sql sql;
    private final DecisionQueries queries;
    private final WorkQueries work;
    private final Developers developers;
    private final Messages messages;
    private final Journal journal;
    private final Clock clock;

    Decisions(
            Transactions transactions,
            Sql sql,
            DecisionQueries queries,
            WorkQueries work,
            Developers developers,
            Messages messages,
            Journal journal,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.queries = queries;
        this.work = work;
        this.developers = developers;
        this.messages = messages;
        this.journal = journal;
        this.clock = clock;
    }

    /** @param event empty where the same question stood open already and was not asked twice */
    public record Told(DecisionView decision, Optional<UUID> event) {}

    /**
     * Asks for a decision, or records one. A question that stands open already is not asked twice: it gains the tasks,
     * and is decided where a choice comes with it. A person may decide anew what was decided; an agent may not.
     *
     * @throws Refusal.Conflict {@code decision.made} with the choice and its reason
     * @throws Refusal.NotFound {@code task.unknown}
     * @throws Refusal.Invalid when a field is wrong
     */
    public Told put(Caller caller, NewDecision wanted) {
        NewDecision decision = DecisionRules.check(wanted);
        return transactions.in(caller.place(), () -> {
            List<TaskView> tasks = decision.tasks().stream()
                    .distinct()
                    .map(key -> work.task(caller, key))
                    .toList();
            String words = DecisionRules.words(decision.question());
            List<DecisionView> same = queries.same(caller, words);
            Optional<DecisionView> open =
                    same.stream().filter(one -> one.decidedAt().isEmpty()).findFirst();
            if (open.isEmpty() && caller.agent().isPresent()) {
                same.stream().findFirst().ifPresent(made -> {
                    throw made(made);
                });
            }
            if (open.isPresent()) {
                link(caller, open.get().id(), tasks);
                return decision.choice().isEmpty()
                        ? new Told(queries.get(caller, open.get().id()), Optional.empty())
                        : decide(caller, open.get().id(), decision.choice(), decision.reason());
            }
            return insert(caller, decision, words, tasks);
        });
    }

    private Told insert(Caller caller, NewDecision decision, String words, List<TaskView> tasks) {
        UUID id = Ids.next();
        Optional<Developers.Member> needs = decision.needs().map(name -> developers.named(caller, name, "/needs"));
        sql.update(
                """
                insert into decisions (id, workspace_id, question, question_words, options, needs_id, asked_by,
                                       asked_session_id, asked_agent, asked_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                caller.workspaceId(),
                decision.question(),
                words,
                decision.options(),
                needs.map(Developers.Member::id),
                caller.developerId(),
                caller.session().map(Caller.Session::id),
                caller.agent(),
                clock.instant());
        link(caller, id, tasks);
        if (decision.choice().isPresent()) {
            return decide(caller, id, decision.choice(), decision.reason());
        }
        needs.ifPresent(member -> messages.tell(
                caller,
                Origin.DECISION,
                member.id(),
                Optional.empty(),
                "A decision is wanted from you",
                decision.question(),
                MessagePriority.NORMAL));
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("decision", id);
        payload.put("text", decision.question());
        UUID event =
                journal.record(caller, EventKind.DECISION_WANTED, subject(id, decision.question(), tasks), payload);
        return new Told(queries.get(caller, id), Optional.of(event));
    }

    private void link(Caller caller, UUID id, List<TaskView> tasks) {
        sql.batch(
                """
                insert into decision_tasks (workspace_id, decision_id, task_id) values (?, ?, ?)
                on conflict do nothing
                """,
                tasks.stream()
                        .map(task -> new Object[] {caller.workspaceId(), id, task.id()})
                        .toList());
    }

    /**
     * Decides a question; whoever asked finds the choice in their inbox.
     *
     * @throws Refusal.NotFound {@code decision.unknown}
     * @throws Refusal.Conflict {@code decision.made} with the choice and its reason
     */
    public Told decide(Caller caller, UUID id, Optional<String> choice, Optional<String> reason) {
        Optional<String> chosen = DecisionRules.tidy(choice);
        Optional<String> because = DecisionRules.tidy(reason);
        DecisionRules.check(chosen, because);
        return transactions.in(caller.place(), () -> {
            DecisionView question = queries.get(caller, id);
            int decided = sql.update(
                    """
                    update decisions set choice = ?, reason = ?, decided_by = ?, decided_agent = ?, decided_at = ?
                     where workspace_id = ? and id = ? and decided_at is null
                    """,
                    chosen,
                    because,
                    caller.developerId(),
                    caller.agent(),
                    clock.instant(),
                    caller.workspaceId(),
                    id);
            if (decided == 0) {
                throw made(queries.get(caller, id));
            }
            UUID askedBy = sql.one(
                    "select asked_by from decisions where workspace_id = ? and id = ?",
                    row -> row.uuid("asked_by"),
                    caller.workspaceId(),
                    id);
            messages.tell(
                    caller,
                    Origin.DECISION,
                    askedBy,
                    question.session(),
                    "Decided: " + question.question(),
                    chosen.get() + because.map(why -> "\n\n" + why).orElse(""),
                    MessagePriority.NORMAL);
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("decision", id);
            payload.put("question", question.question());
            payload.put("choice", chosen.get());
            because.ifPresent(why -> payload.put("reason", why));
            List<TaskView> tasks =
                    question.tasks().stream().map(key -> work.task(caller, key)).toList();
            UUID event = journal.record(caller, EventKind.DECIDED, subject(id, question.question(), tasks), payload);
            return new Told(queries.get(caller, id), Optional.of(event));
        });
    }

    private static Refusal made(DecisionView made) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("decision", made.id());
        details.put("question", made.question());
        made.choice().ifPresent(choice -> details.put("choice", choice));
        made.reason().ifPresent(reason -> details.put("reason", reason));
        made.decidedBy().ifPresent(handle -> details.put("decided_by", handle));
        return Refusal.conflict(
                "decision.made",
                "This is decided: " + made.choice().orElse("") + ", by @"
                        + made.decidedBy().orElse("") + ".",
                details);
    }

    private static Subject subject(UUID id, String question, List<TaskView> tasks) {
        if (!tasks.isEmpty()) {
            TaskView first = tasks.getFirst();
            return Subject.task(first.id(), first.key(), first.workstream().map(ItemRef::id));
        }
        String line = question.replaceAll("\\s+", " ");
        return Subject.decision(id, line.length() <= LONGEST_KEY ? line : line.substring(0, LONGEST_KEY - 1) + "…");
    }
}
