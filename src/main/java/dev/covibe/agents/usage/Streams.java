package dev.covibe.agents.usage;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * From which source each stream counts (AGT-4). A stream is a session; metrics that name no session form one stream per
 * token and agent type. The best source that ever reported a stream is the one that counts: when a better one turns up,
 * what the former one added is taken back in the same transaction, so the order of arrival makes no difference.
 */
@ApplicationScoped
class Streams {

    private final Sql sql;

    Streams(Sql sql) {
        this.sql = sql;
    }

    /** @param takenBack what no longer counts, as negative numbers */
    record Settled(Map<UUID, UsageSource> sources, RollUp takenBack) {

        /** What names no session and is no metric has nothing that could report it twice. */
        boolean counts(Optional<UUID> stream, UsageSource source) {
            return stream.isEmpty() || sources.get(stream.get()) == source;
        }
    }

    static Optional<UUID> of(Caller caller, Ledger.Entry entry) {
        if (entry.session().isPresent()) {
            return entry.session();
        }
        return entry.item().source() == UsageSource.OTLP_METRIC
                ? Optional.of(nameless(caller, entry))
                : Optional.empty();
    }

    private static UUID nameless(Caller caller, Ledger.Entry entry) {
        return Keys.of(
                "nameless",
                caller.token()
                        .map(token -> token.id().toString())
                        .orElse(caller.developerId().toString()),
                entry.item().sitting().agent().key());
    }

    /**
     * Answers which source counts for each stream of the batch, and what no longer does.
     *
     * @param heard all that was reported, also what had been taken before
     */
    Settled settle(Caller caller, List<Ledger.Entry> heard) {
        TreeMap<UUID, UsageSource> offered = new TreeMap<>();
        for (Ledger.Entry entry : heard) {
            UsageSource source = entry.item().source();
            of(caller, entry).ifPresent(stream -> offered.merge(stream, source, Streams::better));
            if (source == UsageSource.OTLP_EVENT) {
                // A client that sends events of each call counts the same calls in its nameless metrics.
                offered.merge(nameless(caller, entry), source, Streams::better);
            }
        }
        Map<UUID, UsageSource> sources = new HashMap<>();
        RollUp takenBack = new RollUp();
        if (offered.isEmpty()) {
            return new Settled(sources, takenBack);
        }
        List<String> ids = offered.keySet().stream().map(UUID::toString).toList();
        read(caller, sources, ids, "");
        if (sources.size() < offered.size()) {
            open(caller, offered, sources);
        }
        List<String> open = sources.entrySet().stream()
                .filter(known -> known.getValue() != UsageSource.OTLP_EVENT)
                .map(known -> known.getKey().toString())
                .toList();
        if (!open.isEmpty()) {
            // Nobody may find a better source for these while we add to what the present one counts.
            read(caller, sources, open, " order by id for no key update");
        }
        offered.forEach((id, source) -> {
            UsageSource former = sources.get(id);
            if (source.compareTo(former) > 0) {
                promote(caller, id, former, source, takenBack);
                sources.put(id, source);
            }
        });
        return new Settled(sources, takenBack);
    }

    private static UsageSource better(UsageSource one, UsageSource other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private record Known(UUID id, UsageSource source) {}

    private void read(Caller caller, Map<UUID, UsageSource> sources, List<String> ids, String lock) {
        sql.list(
                        "select id, source from usage_streams where workspace_id = ? and id = any(?::uuid[])" + lock,
                        row -> new Known(row.uuid("id"), UsageSource.of(row.text("source"))),
                        caller.workspaceId(),
                        ids)
                .forEach(known -> sources.put(known.id(), known.source()));
    }

    private void open(Caller caller, TreeMap<UUID, UsageSource> offered, Map<UUID, UsageSource> sources) {
        List<String> ids = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        offered.forEach((id, source) -> {
            if (!sources.containsKey(id)) {
                ids.add(id.toString());
                keys.add(source.key());
            }
        });
        sql.update("""
                insert into usage_streams (workspace_id, id, source)
                select ?, given.id, given.source from unnest(?::uuid[], ?::text[]) as given (id, source) order by given.id
                    on conflict do nothing
                """, caller.workspaceId(), ids, keys);
        read(caller, sources, ids, "");
    }

    private void promote(Caller caller, UUID id, UsageSource former, UsageSource better, RollUp takenBack) {
        sql.update(
                "update usage_streams set source = ? where workspace_id = ? and id = ?",
                better.key(),
                caller.workspaceId(),
                id);
        record Counted(RollUp.Key key, UsageTotals totals) {}
        sql.list("""
                        select day, developer_id, agent_type, provider, model, task_id, calls, failed, input_tokens,
                               output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, reported_nanos,
                               computed_nanos, estimated_nanos, unpriced_tokens, estimated_tokens, latency_ms, timed_calls
                          from usage_by_stream where workspace_id = ? and stream_id = ? and source = ?
                        """, row -> new Counted(key(row), UsageTotals.read(row)), caller.workspaceId(), id, former.key())
                .forEach(
                        counted -> takenBack.add(counted.key(), counted.totals().negated()));
    }

    private static RollUp.Key key(Row row) throws SQLException {
        return new RollUp.Key(
                Optional.empty(),
                Optional.empty(),
                row.optionalDate("day").orElseThrow(),
                row.uuid("developer_id"),
                row.text("agent_type"),
                row.text("provider"),
                row.text("model"),
                row.optionalUuid("task_id"));
    }
}
