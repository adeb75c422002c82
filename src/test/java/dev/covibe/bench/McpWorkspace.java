package dev.covibe.bench;

import dev.covibe.ops.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A workspace as a busy team leaves it after a quarter, made by the database itself. */
final class McpWorkspace {

    private static final String[] WORDS = {
        "retry", "webhook", "scheduler", "invoice", "session", "export", "search", "index", "cache", "gateway",
        "passkey", "migration", "backup", "locale", "parser", "queue", "banner", "tooltip", "webhook", "metric"
    };

    private final DatabaseAddress owner;

    McpWorkspace(DatabaseAddress owner) {
        this.owner = owner;
    }

    static String word(int n) {
        return WORDS[n % WORDS.length];
    }

    /** Fills the only workspace: one task in twenty is in progress, three in ten are planned, the rest is done. */
    void fill(int tasks, int events) {
        String words = "array['" + String.join("','", WORDS) + "']";
        run("""
                set search_path = covibe;
                insert into developers (id, tenant_id, email, name, handle, role)
                select uuidv7(), t.id, 'dev' || n || '@example.com', 'Developer ' || n, 'dev' || n, 'member'
                  from tenants t, generate_series(1, 20) n;
                insert into workspace_members (tenant_id, workspace_id, developer_id)
                select d.tenant_id, w.id, d.id from developers d, workspaces w
                 where not exists (select from workspace_members m where m.developer_id = d.id);
                insert into projects (id, workspace_id, key, name, repositories, last_number, created_at)
                select uuidv7(), id, 'WEB', 'Web', array['github.com/acme/web'], %1$d, now() from workspaces
                on conflict (workspace_id, key) do update set last_number = excluded.last_number;
                insert into tasks (id, workspace_id, project_id, number, title, description, status, priority, owner_id,
                                   planned_by, paths, repository, created_at, updated_at, planned_at)
                select uuidv7(), p.workspace_id, p.id, n,
                       (%2$s)[1 + n %% 20] || ' ' || (%2$s)[1 + (n / 20) %% 20] || ' of part ' || n,
                       repeat('What is to be done in part ' || n || ', and why. ', 10),
                       case when n %% 20 = 0 then 'in_progress' when n %% 10 in (1, 2, 3) then 'planned' else 'done' end,
                       (array['none', 'low', 'medium', 'high', 'urgent'])[1 + n %% 5],
                       case when n %% 10 in (1, 2, 3) then null else (select id from developers order by id offset n %% 21 limit 1) end,
                       (select id from developers limit 1), array['src/part' || n %% 100 || '/**'], 'github.com/acme/web',
                       now() - n * interval '10 minutes', now() - n * interval '10 minutes', now() - n * interval '10 minutes'
                  from projects p, generate_series(1, %1$d) n;
                insert into work_events (workspace_id, at, id, kind, subject_kind, subject_id, subject_key, task_id,
                                         developer_id, agent, payload)
                select t.workspace_id, now() - n * interval '6 seconds', uuidv7(), 'progressed', 'task', t.id,
                       'WEB-' || t.number, t.id, t.planned_by, 'codex', jsonb_build_object('text', 'Step ' || n || ' is done.')
                  from generate_series(1, %3$d) n
                  join tasks t on t.number = 1 + n %% %1$d;
                insert into agent_sessions (id, workspace_id, developer_id, agent_type, agent_name, repository, branch,
                                            started_at, last_seen_at, ended_at, ended_by, outcome)
                select uuidv7(), w.id, (select id from developers order by id offset n %% 21 limit 1), 'codex', 'Codex',
                       'github.com/acme/web', 'b' || n, now() - n * interval '20 minutes', now() - n * interval '20 minutes',
                       now() - n * interval '20 minutes', 'agent', 'done'
                  from workspaces w, generate_series(1, 5000) n;
                analyze developers, workspace_members, projects, tasks, work_events, agent_sessions;
                """.formatted(tasks, words, events));
    }

    private void run(String sql) {
        try (Connection connection = owner.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
