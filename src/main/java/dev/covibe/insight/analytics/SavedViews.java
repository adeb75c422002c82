package dev.covibe.insight.analytics;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Views that people keep under a name: for themselves, or for everybody in the workspace. */
@ApplicationScoped
public class SavedViews {

    private static final int LONGEST_NAME = 60;
    private static final int MOST = 50;

    private final Transactions transactions;
    private final Sql sql;

    SavedViews(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * @param owner a handle
     * @param own whether it is the reader's, who alone may take it away
     */
    public record View(UUID id, String name, String query, boolean shared, String owner, boolean own) {}

    /** The reader's own, then those that others share. */
    public List<View> list(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        """
                        select v.id, v.name, v.query, v.shared, d.handle, v.developer_id = ? as own
                          from analytics_views v
                          join developers d on d.id = v.developer_id
                         where v.workspace_id = ? and (v.developer_id = ? or v.shared)
                         order by v.developer_id = ? desc, lower(v.name), v.id limit %d
                        """.formatted(2 * MOST),
                        row -> new View(
                                row.uuid("id"),
                                row.text("name"),
                                row.text("query"),
                                row.bool("shared"),
                                row.text("handle"),
                                row.bool("own")),
                        caller.developerId(),
                        caller.workspaceId(),
                        caller.developerId(),
                        caller.developerId()));
    }

    /**
     * Keeps a view; one of the same name is replaced.
     *
     * @param query the page's address behind the question mark
     */
    public void keep(Caller caller, String name, String query, boolean shared) {
        String called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            throw Refusal.invalidField("/name", "A name has 1 to " + LONGEST_NAME + " characters.");
        }
        transactions.run(caller.place(), () -> {
            long many = sql.one(
                    "select count(*) as many from analytics_views where workspace_id = ? and developer_id = ?",
                    row -> row.bigint("many"),
                    caller.workspaceId(),
                    caller.developerId());
            if (many >= MOST) {
                throw Refusal.conflict(
                        "analytics.too-many-views", "You keep " + MOST + " views already; take one away first.");
            }
            sql.update("""
                    insert into analytics_views (id, workspace_id, developer_id, name, query, shared)
                    values (?, ?, ?, ?, ?, ?)
                        on conflict (workspace_id, developer_id, name)
                        do update set query = excluded.query, shared = excluded.shared
                    """, Ids.next(), caller.workspaceId(), caller.developerId(), called, query, shared);
        });
    }

    /**
     * Answers what was taken away.
     *
     * @throws Refusal.NotFound {@code analytics.unknown-view}, also for somebody else's
     */
    public View drop(Caller caller, UUID id) {
        return transactions
                .in(
                        caller.place(),
                        () -> sql.first(
                                """
                                delete from analytics_views where workspace_id = ? and id = ? and developer_id = ?
                                returning name, query, shared
                                """,
                                row -> new View(
                                        id,
                                        row.text("name"),
                                        row.text("query"),
                                        row.bool("shared"),
                                        caller.handle(),
                                        true),
                                caller.workspaceId(),
                                id,
                                caller.developerId()))
                .orElseThrow(() -> Refusal.notFound("analytics.unknown-view", "You keep no such view here."));
    }
}
