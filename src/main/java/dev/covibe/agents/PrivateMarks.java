package dev.covibe.agents;

import dev.covibe.identity.Caller;
import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which repositories developers keep to themselves (CMP-7). The server knows a repository again when its owner names it,
 * and can tell nobody which it is: a mark is a keyed hash in which the owner is mixed.
 */
@ApplicationScoped
public class PrivateMarks {

    private static final String PURPOSE = "private-repository";

    private final Transactions transactions;
    private final Sql sql;
    private final Secrets secrets;

    PrivateMarks(Transactions transactions, Sql sql, Secrets secrets) {
        this.transactions = transactions;
        this.sql = sql;
        this.secrets = secrets;
    }

    /** How many repositories of the caller's own and of teammates are private. */
    public record Count(int own, int ofTeammates) {}

    public Count count(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        """
                        select count(distinct mark) filter (where developer_id = ?) as own,
                               count(distinct mark) filter (where developer_id <> ?) as others
                          from graph_private_repositories
                         where workspace_id = ?
                        """,
                        row -> new Count(row.integer("own"), row.integer("others")),
                        caller.developerId(),
                        caller.developerId(),
                        caller.workspaceId()));
    }

    /** @param hash SHA-256 of the repository's identity, in hex */
    public void put(Caller caller, String machine, String hash) {
        sql.update("""
                insert into graph_private_repositories (workspace_id, developer_id, machine, mark)
                values (?, ?, ?, ?) on conflict do nothing
                """, caller.workspaceId(), caller.developerId(), machine, mark(caller, caller.developerId(), hash));
    }

    public boolean isSet(Caller caller, String machine, String hash) {
        return sql.first(
                        """
                        select 1 as found from graph_private_repositories
                         where workspace_id = ? and developer_id = ? and mark = ? and machine = ?
                        """,
                        row -> row.integer("found"),
                        caller.workspaceId(),
                        caller.developerId(),
                        mark(caller, caller.developerId(), hash),
                        machine)
                .isPresent();
    }

    /** Whether the caller keeps a repository private on any machine. */
    public boolean keeps(Caller caller, String identity) {
        String hash = RepositoryIdentity.hash(identity);
        return transactions.in(caller.place(), () -> sql.first(
                        """
                                select 1 as found from graph_private_repositories
                                 where workspace_id = ? and developer_id = ? and mark = ? limit 1
                                """,
                        row -> row.integer("found"),
                        caller.workspaceId(),
                        caller.developerId(),
                        mark(caller, caller.developerId(), hash))
                .isPresent());
    }

    /** @param machine the one to forget it on; empty for all */
    public void remove(Caller caller, String machine, String hash) {
        sql.update(
                """
                delete from graph_private_repositories
                 where workspace_id = ? and developer_id = ? and mark = ? and (? = '' or machine = ?)
                """,
                caller.workspaceId(),
                caller.developerId(),
                mark(caller, caller.developerId(), hash),
                machine,
                machine);
    }

    /** Answers whether a developer keeps a repository to themself on any machine; one query for many questions. */
    public Known known(Caller caller) {
        Set<String> marks = new HashSet<>(transactions.in(
                caller.place(),
                () -> sql.list(
                        "select distinct mark from graph_private_repositories where workspace_id = ? limit 10000",
                        row -> row.text("mark"),
                        caller.workspaceId())));
        return (developer, identity) ->
                !marks.isEmpty() && marks.contains(mark(caller, developer, RepositoryIdentity.hash(identity)));
    }

    /** Knows the marks of a workspace at one moment. */
    public interface Known {
        boolean isPrivate(UUID developerId, String identity);
    }

    private String mark(Caller caller, UUID developerId, String hash) {
        return secrets.tag(PURPOSE, caller.workspaceId() + " " + developerId + " " + hash);
    }
}
