package dev.covibe.insight.performance;

import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tasks of developers with what each cost: the latest of each status, from the index. */
@ApplicationScoped
class Ledgers {

    private static final String LATEST = """
            (select t.* from insight_tasks t
              where t.workspace_id = ? and t.owner_id = d.id and t.status = '%s'
              order by t.updated_at desc, t.id desc limit ?)
            """;

    private static final String LEDGER =
            "select d.id as owner, t.* from unnest(?::uuid[]) as d (id) cross join lateral ("
                    + LATEST.formatted("in_progress") + " union all " + LATEST.formatted("in_review") + " union all "
                    + LATEST.formatted("done") + ") t";

    private final Transactions transactions;
    private final Sql sql;
    private final UsageQueries usage;

    Ledgers(Transactions transactions, Sql sql, UsageQueries usage) {
        this.transactions = transactions;
        this.sql = sql;
        this.usage = usage;
    }

    private record Row(
            String owner, UUID id, String key, String title, String status, Instant updatedAt, Optional<Long> cycle) {}

    /** @param most of each status */
    Map<String, List<DevelopersReport.Work>> of(Caller caller, Collection<String> developers, int most) {
        if (developers.isEmpty()) {
            return Map.of();
        }
        List<Row> rows = transactions.in(
                caller.place(),
                () -> sql.list(
                        LEDGER,
                        row -> new Row(
                                row.text("owner"),
                                row.uuid("id"),
                                row.text("key"),
                                row.text("title"),
                                row.text("status"),
                                row.instant("updated_at"),
                                row.optionalInstant("ended_at").isPresent()
                                        ? Optional.of(row.bigint("cycle_seconds"))
                                        : Optional.empty()),
                        List.copyOf(developers),
                        caller.workspaceId(),
                        most,
                        caller.workspaceId(),
                        most,
                        caller.workspaceId(),
                        most));
        Map<UUID, UsageTotals> used =
                usage.ofTasks(caller, rows.stream().map(Row::id).toList());
        return rows.stream()
                .collect(Collectors.groupingBy(
                        Row::owner,
                        LinkedHashMap::new,
                        Collectors.mapping(
                                row -> {
                                    UsageTotals totals = used.getOrDefault(row.id(), UsageTotals.NONE);
                                    return new DevelopersReport.Work(
                                            row.key(),
                                            row.title(),
                                            row.status(),
                                            row.updatedAt(),
                                            row.cycle(),
                                            totals.costNanos(),
                                            totals.tokens());
                                },
                                Collectors.toList())));
    }
}
