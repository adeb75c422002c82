package dev.covibe.insight.performance;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds single steps, among so many of the latest: further back a page would read rows without end. */
@ApplicationScoped
public class Finding {

    /** Among so many of the latest steps. */
    public static final int AMONG = 20_000;

    private final Transactions transactions;
    private final Sql sql;

    Finding(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    public record Step(
            Instant at,
            String developer,
            String agentType,
            String operation,
            Optional<String> tool,
            Optional<String> model,
            String status,
            Optional<String> errorClass,
            long durationMillis,
            Optional<UUID> session) {}

    /**
     * The latest first.
     *
     * @param status {@code ok}, {@code error} or {@code unset}
     * @param text part of the name of a tool, model or class of error
     */
    public List<Step> steps(
            Caller caller, Optional<String> developer, Optional<String> status, Optional<String> text, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId(), AMONG));
        StringBuilder which = new StringBuilder("true");
        developer.ifPresent(handle -> {
            which.append(" and d.handle = ?");
            parameters.add(handle);
        });
        status.ifPresent(wanted -> {
            which.append(" and s.status = ?");
            parameters.add(wanted);
        });
        text.ifPresent(part -> {
            which.append(" and position(lower(?) in lower(concat_ws(' ', s.tool, s.model, s.error_class))) > 0");
            parameters.add(part);
        });
        parameters.add(limit);
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        "select s.*, d.handle from (select * from insight_traces where workspace_id = ? order by at desc limit ?) s"
                                + " join developers d on d.id = s.developer_id where " + which
                                + " order by s.at desc, s.id desc limit ?",
                        row -> new Step(
                                row.instant("at"),
                                row.text("handle"),
                                row.text("agent_type"),
                                row.text("operation"),
                                row.optionalText("tool"),
                                row.optionalText("model"),
                                row.text("status"),
                                row.optionalText("error_class"),
                                row.bigint("duration_ms"),
                                row.optionalUuid("session_id")),
                        parameters.toArray()));
    }
}
