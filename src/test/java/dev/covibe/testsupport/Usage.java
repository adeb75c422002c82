package dev.covibe.testsupport;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Ids;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Sessions and their roll-ups written straight into the tables, for tests of what is made of them. */
public final class Usage {

    private Usage() {}

    /** A session that began and was last seen so long ago (in PostgreSQL's words, such as {@code 2 hours}). */
    public static UUID session(Caller owner, String agent, String began, String seen) {
        UUID id = Ids.next();
        TestDatabase.execute(TestDatabase.superuser(), """
                insert into covibe.agent_sessions (id, workspace_id, developer_id, agent_type, agent_name, repository,
                                                   started_at, last_seen_at)
                values ('%s', '%s', '%s', 'codex', '%s', 'github.com/acme/web', now() - interval '%s', now() - interval '%s')
                """.formatted(
                        id, owner.workspaceId(), owner.developerId(), agent, began, seen));
        return id;
    }

    public static void ended(UUID session, String by, String outcome) {
        TestDatabase.execute(TestDatabase.superuser(), """
                update covibe.agent_sessions set ended_at = last_seen_at, ended_by = '%s', outcome = '%s' where id = '%s'
                """.formatted(by, outcome, session));
    }

    /** Puts a session on a task from its beginning. */
    public static void on(UUID session, UUID task) {
        TestDatabase.execute(TestDatabase.superuser(), """
                update covibe.agent_sessions set task_id = '%2$s' where id = '%1$s';
                insert into covibe.session_tasks (workspace_id, session_id, since, task_id)
                select workspace_id, id, started_at, '%2$s' from covibe.agent_sessions where id = '%1$s';
                """.formatted(session, task));
    }

    /** What was used, as the books hold it: computed cost, from events, some days ago. */
    public record Booked(
            UUID session,
            Optional<UUID> task,
            int daysAgo,
            long calls,
            long failed,
            long tokens,
            long nanos,
            long unpriced) {}

    public static void book(Caller owner, Booked booked) {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(booked.daysAgo());
        String task = booked.task().map(id -> "'" + id + "'").orElse("null");
        String model = booked.unpriced() > 0 ? "zeppelin-1" : "gpt-6-sol";
        String key = "'%s', '%s', 'codex', 'openai', '%s', %s".formatted(day, owner.developerId(), model, task);
        String sums = "%d, %d, %d, 0, 0, 0, 0, 0, %d, 0, %d, 0, 0, 0"
                .formatted(booked.calls(), booked.failed(), booked.tokens(), booked.nanos(), booked.unpriced());
        TestDatabase.execute(TestDatabase.superuser(), """
                insert into covibe.usage_streams (workspace_id, id, source) values ('%1$s', '%2$s', 'otlp-event')
                    on conflict do nothing;
                insert into covibe.usage_by_stream values ('%1$s', '%2$s', 'otlp-event', %3$s, %4$s);
                insert into covibe.usage_daily as d values ('%1$s', %3$s, %4$s)
                    on conflict on constraint usage_daily_key do update
                   set calls = d.calls + excluded.calls, failed = d.failed + excluded.failed,
                       input_tokens = d.input_tokens + excluded.input_tokens,
                       computed_nanos = d.computed_nanos + excluded.computed_nanos,
                       unpriced_tokens = d.unpriced_tokens + excluded.unpriced_tokens;
                """.formatted(owner.workspaceId(), booked.session(), key, sums));
    }
}
