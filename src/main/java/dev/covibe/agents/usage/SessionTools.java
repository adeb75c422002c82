package dev.covibe.agents.usage;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which tools sessions used, from the roll-up of their spans. */
@ApplicationScoped
public class SessionTools {

    private final Transactions transactions;
    private final Sql sql;

    SessionTools(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /** @param errors how many of the calls failed */
    public record Tool(String name, long calls, long errors) {}

    /** Of each of many sessions, the most used first; those that used none are left out. */
    public Map<UUID, List<Tool>> of(Caller caller, List<UUID> sessionIds) {
        record Of(UUID session, Tool tool) {}
        return transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                """
                                select session_id, tool, spans, errors from span_by_session
                                 where workspace_id = ? and session_id = any(?::uuid[]) and operation = 'tool' and tool <> ''
                                 order by session_id, spans desc, tool
                                """,
                                row -> new Of(
                                        row.uuid("session_id"),
                                        new Tool(row.text("tool"), row.bigint("spans"), row.bigint("errors"))),
                                caller.workspaceId(),
                                sessionIds.stream().map(UUID::toString).toList()))
                .stream()
                .collect(Collectors.groupingBy(
                        Of::session, LinkedHashMap::new, Collectors.mapping(Of::tool, Collectors.toList())));
    }
}
