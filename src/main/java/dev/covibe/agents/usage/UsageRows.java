package dev.covibe.agents.usage;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Writes usage: a statement for each table, whatever the size of the batch. COPY is not open to tables with row security. */
@ApplicationScoped
class UsageRows {

    /** Stands for null in an array of numbers. */
    private static final long ABSENT = Long.MIN_VALUE + 1;

    private final Sql sql;

    UsageRows(Sql sql) {
        this.sql = sql;
    }

    record Booked(Ledger.Entry entry, Pricing.Priced priced) {}

    static long micros(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /** Notes the items as seen; answers the keys of those that were not seen before. */
    <T> Set<UUID> unseen(Caller caller, Collection<T> items, Function<T, UUID> key, Function<T, Instant> at) {
        if (items.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(sql.list(
                """
                insert into usage_seen (workspace_id, key, at)
                select ?, given.key, timestamptz 'epoch' + given.at * interval '1 microsecond'
                  from unnest(?::uuid[], ?) as given (key, at)
                 order by given.key
                    on conflict do nothing
                returning key
                """,
                row -> row.uuid("key"),
                caller.workspaceId(),
                items.stream().map(item -> key.apply(item).toString()).toList(),
                items.stream().mapToLong(item -> micros(at.apply(item))).toArray()));
    }

    void insert(Caller caller, List<Booked> booked) {
        sql.update(
                """
                insert into usage_events (workspace_id, at, id, source, developer_id, token_id, session_id, task_id,
                       agent_type, provider, model, calls, failed, input_tokens, output_tokens, cache_read_tokens,
                       cache_write_tokens, reasoning_tokens, cost_nanos, cost_source, price_id, latency_ms, error_class)
                select ?, timestamptz 'epoch' + g.at * interval '1 microsecond', g.id, g.source, ?, ?::uuid, g.session_id,
                       g.task_id, g.agent_type, g.provider, g.model, g.calls, g.failed, g.input, g.output, g.cache_read,
                       g.cache_write, g.reasoning, nullif(g.cost, -9223372036854775807), g.cost_source, g.price_id,
                       nullif(g.latency, -9223372036854775807), g.error_class
                  from unnest(?, ?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?, ?, ?, ?, ?,
                              ?, ?, ?, ?::text[], ?::uuid[], ?, ?::text[])
                       as g (at, id, source, session_id, task_id, agent_type, provider, model, calls, failed, input, output,
                             cache_read, cache_write, reasoning, cost, cost_source, price_id, latency, error_class)
                """,
                caller.workspaceId(),
                caller.developerId(),
                caller.token().map(token -> token.id().toString()),
                numbers(booked, row -> micros(row.entry().item().at())),
                texts(booked, row -> Ids.next().toString()),
                texts(booked, row -> row.entry().item().source().key()),
                texts(booked, row -> text(row.entry().session())),
                texts(booked, row -> text(row.entry().task())),
                texts(booked, row -> row.entry().item().sitting().agent().key()),
                texts(booked, row -> row.entry().item().provider()),
                texts(booked, row -> row.entry().item().model()),
                numbers(booked, row -> row.priced().totals().calls()),
                numbers(booked, row -> row.priced().totals().failed()),
                numbers(booked, row -> row.priced().totals().inputTokens()),
                numbers(booked, row -> row.priced().totals().outputTokens()),
                numbers(booked, row -> row.priced().totals().cacheReadTokens()),
                numbers(booked, row -> row.priced().totals().cacheWriteTokens()),
                numbers(booked, row -> row.priced().totals().reasoningTokens()),
                numbers(booked, row -> row.priced().nanos().orElse(ABSENT)),
                texts(
                        booked,
                        row -> row.priced().basis().map(Pricing.Basis::key).orElse(null)),
                texts(booked, row -> text(row.priced().price())),
                numbers(booked, row -> row.entry().item().latencyMillis().orElse(ABSENT)),
                texts(booked, row -> row.entry().item().errorClass().orElse(null)));
    }

    private static String text(Optional<UUID> id) {
        return id.map(UUID::toString).orElse(null);
    }

    private static String[] texts(List<Booked> booked, Function<Booked, String> of) {
        return booked.stream().map(of).toArray(String[]::new);
    }

    private static long[] numbers(List<Booked> booked, ToLongFunction<Booked> of) {
        return booked.stream().mapToLong(of).toArray();
    }

    void addByStream(Caller caller, RollUp rollUp) {
        add(caller, rollUp, "usage_by_stream", "stream_id, source, ");
    }

    void addDaily(Caller caller, RollUp rollUp) {
        add(caller, rollUp, "usage_daily", "");
    }

    private static final String ADDITIONS = Arrays.stream(UsageTotals.COLUMNS.split(",\\s*"))
            .map(column -> column + " = known." + column + " + excluded." + column)
            .collect(Collectors.joining(", "));

    private void add(Caller caller, RollUp rollUp, String table, String stream) {
        if (rollUp.deltas().isEmpty()) {
            return;
        }
        String key = stream + "day, developer_id, agent_type, provider, model, task_id";
        String values = "?, " + (stream.isEmpty() ? "" : "?, ?, ") + "?, ?, ?, ?, ?, ?::uuid";
        String statement =
                "insert into " + table + " as known (workspace_id, " + key + ", " + UsageTotals.COLUMNS + ") values ("
                        + values + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (workspace_id, " + key
                        + ") do update set " + ADDITIONS;
        sql.batch(
                statement,
                rollUp.deltas().entrySet().stream()
                        .map(delta -> row(caller, delta))
                        .toList());
    }

    /** Where everything was taken back nothing is left to show: the same reports give the same rows in any order. */
    void clearEmpty(Caller caller, RollUp rollUp) {
        String empty = Arrays.stream(UsageTotals.COLUMNS.split(",\\s*"))
                .map(column -> column + " = 0")
                .collect(Collectors.joining(" and "));
        sql.batch(
                """
                delete from usage_daily
                 where workspace_id = ? and day = ? and developer_id = ? and agent_type = ? and provider = ? and model = ?
                   and task_id is not distinct from ?::uuid and\s""" + empty,
                rollUp.deltas().entrySet().stream()
                        .filter(delta -> delta.getValue().takesBack())
                        .map(Map.Entry::getKey)
                        .map(key -> new Object[] {
                            caller.workspaceId(),
                            key.day(),
                            key.developer(),
                            key.agent(),
                            key.provider(),
                            key.model(),
                            key.task()
                        })
                        .toList());
    }

    private static Object[] row(Caller caller, Map.Entry<RollUp.Key, UsageTotals> delta) {
        RollUp.Key key = delta.getKey();
        UsageTotals totals = delta.getValue();
        ArrayList<Object> row = new ArrayList<>();
        row.add(caller.workspaceId());
        key.stream().ifPresent(row::add);
        key.source().ifPresent(source -> row.add(source.key()));
        row.addAll(List.of(key.day(), key.developer(), key.agent(), key.provider(), key.model()));
        row.add(key.task());
        row.addAll(List.of(
                totals.calls(),
                totals.failed(),
                totals.inputTokens(),
                totals.outputTokens(),
                totals.cacheReadTokens(),
                totals.cacheWriteTokens(),
                totals.reasoningTokens(),
                new BigDecimal(totals.reportedNanos()),
                new BigDecimal(totals.computedNanos()),
                new BigDecimal(totals.estimatedNanos()),
                totals.unpricedTokens(),
                totals.estimatedTokens(),
                totals.latencyMillis(),
                totals.timedCalls()));
        return row.toArray();
    }
}
