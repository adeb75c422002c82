package dev.covibe.insight.search;

import dev.covibe.agents.PrivateMarks;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The one search. Each kind is found by its text index, at most {@value #READ} of the latest, and ranked by how well its
 * title fits. Sessions in a repository that somebody keeps private are found by nobody else.
 */
@ApplicationScoped
public class Search {

    public static final int LONGEST = 200;
    public static final int MOST = 50;

    private static final int READ = 200;
    private static final int MOST_WORDS = 12;

    /** Fits best whose key or title is what was typed, then whose title begins with it, then whose title has it. */
    private static final String RANK = """
             case when lower(%1$s) = ? then 0 when starts_with(lower(%1$s), ?) then 1
                  when position(? in lower(%1$s)) > 0 then 2 else 3 end
            """;

    private final Transactions transactions;
    private final Sql sql;
    private final PrivateMarks marks;

    Search(Transactions transactions, Sql sql, PrivateMarks marks) {
        this.transactions = transactions;
        this.sql = sql;
        this.marks = marks;
    }

    /**
     * @param text words or the beginnings of words, all of which must occur; or a key such as WEB-12
     * @param limit of each kind, 1 to {@value #MOST}
     * @return nothing for a text without a letter or digit
     */
    public Found find(Caller caller, String text, int limit) {
        String query = text.strip();
        if (query.length() > LONGEST) {
            throw Refusal.invalidField("q", "Look for at most " + LONGEST + " characters.");
        }
        String words = words(query);
        if (words.isEmpty()) {
            return new Found(query, List.of());
        }
        Asked asked = new Asked(caller, query.toLowerCase(Locale.ROOT), words, limit);
        return transactions.in(caller.place(), () -> {
            List<Found.Group> groups = new ArrayList<>();
            add(groups, "tasks", tasks(asked), limit);
            add(groups, "workstreams", workstreams(asked), limit);
            add(groups, "decisions", decisions(asked), limit);
            add(groups, "sessions", sessions(asked), limit);
            add(groups, "people", people(asked), limit);
            return new Found(query, groups);
        });
    }

    private record Asked(Caller caller, String text, String words, int limit) {

        UUID workspace() {
            return caller.workspaceId();
        }
    }

    private static String words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
    }

    private static void add(List<Found.Group> groups, String kind, List<Found.Hit> hits, int limit) {
        if (!hits.isEmpty()) {
            groups.add(new Found.Group(kind, hits.stream().limit(limit).toList(), hits.size() > limit));
        }
    }

    private List<Found.Hit> tasks(Asked asked) {
        List<Found.Hit> hits = new ArrayList<>();
        if (asked.text().matches("[a-z]{2,8}-\\d{1,9}")) {
            int dash = asked.text().indexOf('-');
            hits.addAll(sql.list(
                    TASK + " where t.workspace_id = ? and p.key = ? and t.number = ?",
                    Search::task,
                    asked.workspace(),
                    asked.text().substring(0, dash).toUpperCase(Locale.ROOT),
                    Integer.parseInt(asked.text().substring(dash + 1))));
        }
        List<String> known = hits.stream().map(Found.Hit::key).toList();
        sql
                .list(
                        TASK + " where t.id in (select find_tasks(?, " + READ + ")) order by "
                                + RANK.formatted("t.title")
                                + ", t.ended_at is not null, t.updated_at desc, t.id limit ?",
                        Search::task,
                        asked.words(),
                        asked.text(),
                        asked.text(),
                        asked.text(),
                        asked.limit() + 1)
                .stream()
                .filter(hit -> !known.contains(hit.key()))
                .forEach(hits::add);
        return hits;
    }

    private static final String TASK = """
            select p.key || '-' || t.number as key, t.title, t.status, d.handle, t.updated_at
              from tasks t
              join projects p on p.id = t.project_id
              left join developers d on d.id = t.owner_id
            """;

    private static Found.Hit task(Row row) throws SQLException {
        return new Found.Hit(
                row.text("key"),
                row.text("title"),
                row.text("status").replace('_', ' '),
                row.optionalText("handle"),
                "/workstreams/tasks/" + row.text("key"),
                Optional.of(row.instant("updated_at")));
    }

    /** There are few of them, so the words are looked for in the latest {@value #READ} without an index. */
    private List<Found.Hit> workstreams(Asked asked) {
        return sql.list(
                """
                select 'WS-' || w.number as key, w.name, w.status, d.handle, w.updated_at
                  from (select * from workstreams where workspace_id = ? order by updated_at desc limit %d) w
                  left join developers d on d.id = w.owner_id
                 where to_tsvector('simple', 'ws-' || w.number || ' ' || w.name || ' ' || left(w.goal, 4000)) @@ to_tsquery('simple', ?)
                    or lower('ws-' || w.number) = ?
                 order by %s, w.updated_at desc, w.id limit ?
                """.formatted(READ, RANK.formatted("w.name")),
                row -> new Found.Hit(
                        row.text("key"),
                        row.text("name"),
                        row.text("status"),
                        row.optionalText("handle"),
                        "/workstreams/" + row.text("key"),
                        Optional.of(row.instant("updated_at"))),
                asked.workspace(),
                asked.words(),
                asked.text(),
                asked.text(),
                asked.text(),
                asked.text(),
                asked.limit() + 1);
    }

    private List<Found.Hit> decisions(Asked asked) {
        return sql.list(
                """
                select d.question, d.choice, b.handle, coalesce(d.decided_at, d.asked_at) as at,
                       (select p.key || '-' || t.number from decision_tasks l
                          join tasks t on t.id = l.task_id join projects p on p.id = t.project_id
                         where l.workspace_id = d.workspace_id and l.decision_id = d.id order by t.id limit 1) as task
                  from decisions d
                  left join developers b on b.id = coalesce(d.decided_by, d.asked_by)
                 where d.id in (select find_decisions(?, %d))
                 order by %s, coalesce(d.decided_at, d.asked_at) desc, d.id limit ?
                """.formatted(READ, RANK.formatted("d.question")),
                row -> new Found.Hit(
                        row.optionalText("task").orElse(""),
                        row.text("question"),
                        row.optionalText("choice")
                                .map(choice -> "decided: " + choice)
                                .orElse("open"),
                        row.optionalText("handle"),
                        row.optionalText("task")
                                .map(key -> "/workstreams/tasks/" + key)
                                .orElse("/coordination"),
                        Optional.of(row.instant("at"))),
                asked.words(),
                asked.text(),
                asked.text(),
                asked.text(),
                asked.limit() + 1);
    }

    private record Session(UUID developer, Optional<String> repository, Found.Hit hit) {}

    private List<Found.Hit> sessions(Asked asked) {
        PrivateMarks.Known known = marks.known(asked.caller());
        Set<String> seen = new HashSet<>();
        return sql
                .list(
                        """
                        select s.id, s.agent_name, s.branch, s.repository, s.developer_id, s.last_seen_at, d.handle,
                               coalesce(p.key || '-' || t.number || ' ' || t.title, left(s.summary, 160), 'Without a task')
                                   as title
                          from agent_sessions s
                          join developers d on d.id = s.developer_id
                          left join tasks t on t.id = s.task_id
                          left join projects p on p.id = t.project_id
                         where s.id in (select find_sessions(?, %d))
                         order by s.last_seen_at desc, s.id
                        """.formatted(READ),
                        row -> new Session(
                                row.uuid("developer_id"),
                                row.optionalText("repository"),
                                new Found.Hit(
                                        row.text("agent_name"),
                                        row.text("title"),
                                        row.optionalText("branch").orElse(""),
                                        Optional.of(row.text("handle")),
                                        "/workstreams/sessions/" + row.uuid("id"),
                                        Optional.of(row.instant("last_seen_at")))),
                        asked.words())
                .stream()
                .filter(session -> session.developer().equals(asked.caller().developerId())
                        || session.repository()
                                .map(name -> !known.isPrivate(session.developer(), name))
                                .orElse(true))
                .map(Session::hit)
                // Somebody's sessions on one task are one find: the latest leads to the task, and the task to the
                // others.
                .filter(hit -> seen.add(hit.who() + hit.title()))
                .limit(asked.limit() + 1L)
                .toList();
    }

    private List<Found.Hit> people(Asked asked) {
        return sql.list(
                """
                select d.handle, d.name, d.email, d.role
                  from workspace_members m
                  join developers d on d.id = m.developer_id
                 where m.workspace_id = ? and d.removed_at is null
                   and (position(? in lower(d.name)) > 0 or position(? in d.handle) > 0)
                 order by d.handle <> ?, d.handle limit ?
                """,
                row -> new Found.Hit(
                        "@" + row.text("handle"),
                        row.text("name"),
                        row.text("role"),
                        Optional.of(row.text("handle")),
                        "/workstreams?owner=" + row.text("handle"),
                        Optional.empty()),
                asked.workspace(),
                asked.text().replaceFirst("^@", ""),
                asked.text().replaceFirst("^@", ""),
                asked.text().replaceFirst("^@", ""),
                asked.limit() + 1);
    }
}
