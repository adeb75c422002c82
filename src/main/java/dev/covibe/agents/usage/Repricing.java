package dev.covibe.agents.usage;

import dev.covibe.agents.prices.Cost;
import dev.covibe.agents.prices.PriceBook;
import dev.covibe.agents.prices.TokenCounts;
import dev.covibe.identity.Caller;
import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Calendar;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Prices what had no price when it was reported, each call at the price of its day, once its model has one (AGT-5). A cost
 * that is there stays as it is. Only what is still kept one by one can be priced.
 */
@ApplicationScoped
public class Repricing implements Chore {

    /** What other instances took in with the prices that they still remembered is found this much later. */
    private static final Duration AGAIN_WITHIN = Duration.ofHours(1);

    private final Transactions transactions;
    private final Workspaces workspaces;
    private final Sql sql;
    private final PriceBook book;
    private final UsageRows rows;

    Repricing(Transactions transactions, Workspaces workspaces, Sql sql, PriceBook book, UsageRows rows) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.sql = sql;
        this.book = book;
        this.rows = rows;
    }

    @Override
    public String name() {
        return "repricing";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        transactions
                .outside(() -> sql.list(
                        "select * from workspaces_to_reprice(make_interval(secs => ?))",
                        Caller::read,
                        AGAIN_WITHIN.toSeconds()))
                .forEach(this::workspace);
    }

    /** In every workspace of the caller's company. To be called outside of any transaction; answers how many events. */
    public long company(Caller caller) {
        List<UUID> workspaces = transactions.in(
                caller.place(),
                () -> sql.list(
                        "select id from workspaces where tenant_id = ? order by id",
                        row -> row.uuid("id"),
                        caller.place().tenantId()));
        return workspaces.stream()
                .map(id -> caller.at(new Place(caller.place().tenantId(), id)))
                .mapToLong(this::workspace)
                .sum();
    }

    private record Waiting(LocalDate day, String provider, String model) {}

    private long workspace(Caller caller) {
        return transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                """
                                select distinct day, provider, model from usage_daily
                                 where workspace_id = ? and unpriced_tokens <> 0 order by day, provider, model
                                """,
                                row -> new Waiting(
                                        row.optionalDate("day").orElseThrow(), row.text("provider"), row.text("model")),
                                caller.workspaceId()))
                .stream()
                .filter(waiting -> isPriced(caller, waiting))
                .mapToLong(waiting -> transactions.in(caller.place(), () -> price(caller, waiting)))
                .sum();
    }

    private boolean isPriced(Caller caller, Waiting waiting) {
        Instant noon = waiting.day().atTime(12, 0).toInstant(ZoneOffset.UTC);
        return cost(caller, waiting, noon, new TokenCounts(0, 0, 0, 0, 0)).isPresent();
    }

    private Optional<Cost> cost(Caller caller, Waiting waiting, Instant at, TokenCounts counts) {
        Optional<String> provider = Optional.of(waiting.provider()).filter(said -> !said.isEmpty());
        return book.cost(caller.place(), provider, waiting.model(), at, counts);
    }

    private record Event(
            UUID id, Instant at, UsageSource source, Optional<UUID> stream, RollUp.Key key, Amounts amounts) {}

    /** One day of one model, in one transaction. Streams are locked before roll-ups, as whoever enters usage does. */
    private long price(Caller caller, Waiting waiting) {
        List<Event> events = events(caller, waiting);
        Map<UUID, UsageSource> counting = counting(caller, events);
        Map<RollUp.Key, Long> unpriced = unpriced(caller, waiting);
        Map<RollUp.Key, Long> found = events.stream()
                .filter(event -> event.stream().isPresent())
                .collect(Collectors.toMap(
                        Repricing::streamKey, event -> event.amounts().tokens(), Long::sum));
        RollUp byStream = new RollUp();
        RollUp daily = new RollUp();
        List<Event> priced = new ArrayList<>();
        List<Cost> costs = new ArrayList<>();
        for (Event event : events) {
            // Metrics whose cost another metric carries have none of their own either, and are not waiting for one.
            boolean waits = event.source() != UsageSource.OTLP_METRIC
                    || found.get(streamKey(event)).equals(unpriced.get(streamKey(event)));
            Optional<Cost> cost = waits ? cost(caller, waiting, event) : Optional.empty();
            if (cost.isEmpty()) {
                continue;
            }
            priced.add(event);
            costs.add(cost.get());
            UsageTotals change = change(event, cost.get());
            event.stream().ifPresent(stream -> byStream.add(streamKey(event), change));
            if (event.stream().isEmpty() || counting.get(event.stream().get()) == event.source()) {
                daily.add(event.key(), change);
            }
        }
        write(caller, waiting, priced, costs);
        rows.addByStream(caller, byStream);
        rows.addDaily(caller, daily);
        return priced.size();
    }

    private static RollUp.Key streamKey(Event event) {
        return event.key().of(event.stream().orElseThrow(), event.source());
    }

    private List<Event> events(Caller caller, Waiting waiting) {
        Calendar calendar = workspaces.calendar(caller.place());
        return sql.list(
                """
                select id, at, source, session_id, token_id, developer_id, task_id, agent_type, calls, failed, input_tokens,
                       output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens
                  from usage_events
                 where workspace_id = ? and at >= ? and at < ? and provider = ? and model = ? and cost_nanos is null
                   and (input_tokens <> 0 or output_tokens <> 0 or cache_read_tokens <> 0 or cache_write_tokens <> 0)
                 order by at, id
                   for update
                """,
                row -> event(row, waiting),
                caller.workspaceId(),
                calendar.start(waiting.day()),
                calendar.start(waiting.day().plusDays(1)),
                waiting.provider(),
                waiting.model());
    }

    private static Event event(Row row, Waiting waiting) throws SQLException {
        UsageSource source = UsageSource.of(row.text("source"));
        UUID developer = row.uuid("developer_id");
        String agent = row.text("agent_type");
        UUID nameless = Keys.of(
                "nameless", row.optionalUuid("token_id").orElse(developer).toString(), agent);
        return new Event(
                row.uuid("id"),
                row.instant("at"),
                source,
                row.optionalUuid("session_id")
                        .or(() -> source == UsageSource.OTLP_METRIC ? Optional.of(nameless) : Optional.empty()),
                new RollUp.Key(
                        Optional.empty(),
                        Optional.empty(),
                        waiting.day(),
                        developer,
                        agent,
                        waiting.provider(),
                        waiting.model(),
                        row.optionalUuid("task_id")),
                new Amounts(
                        row.integer("calls"),
                        row.integer("failed"),
                        row.bigint("input_tokens"),
                        row.bigint("output_tokens"),
                        row.bigint("cache_read_tokens"),
                        row.bigint("cache_write_tokens"),
                        row.bigint("reasoning_tokens")));
    }

    private record Stream(UUID id, UsageSource source) {}

    private Map<UUID, UsageSource> counting(Caller caller, List<Event> events) {
        TreeSet<UUID> ids = new TreeSet<>();
        events.forEach(event -> event.stream().ifPresent(ids::add));
        return sql
                .list(
                        """
                        select id, source from usage_streams where workspace_id = ? and id = any(?::uuid[])
                         order by id for no key update
                        """,
                        row -> new Stream(row.uuid("id"), UsageSource.of(row.text("source"))),
                        caller.workspaceId(),
                        ids.stream().map(UUID::toString).toList())
                .stream()
                .collect(Collectors.toMap(Stream::id, Stream::source));
    }

    private Map<RollUp.Key, Long> unpriced(Caller caller, Waiting waiting) {
        Map<RollUp.Key, Long> unpriced = new HashMap<>();
        sql.list(
                """
                select stream_id, source, developer_id, agent_type, task_id, unpriced_tokens from usage_by_stream
                 where workspace_id = ? and day = ? and provider = ? and model = ? and unpriced_tokens <> 0
                """,
                row -> unpriced.put(
                        new RollUp.Key(
                                row.optionalUuid("stream_id"),
                                Optional.of(UsageSource.of(row.text("source"))),
                                waiting.day(),
                                row.uuid("developer_id"),
                                row.text("agent_type"),
                                waiting.provider(),
                                waiting.model(),
                                row.optionalUuid("task_id")),
                        row.bigint("unpriced_tokens")),
                caller.workspaceId(),
                waiting.day(),
                waiting.provider(),
                waiting.model());
        return unpriced;
    }

    private Optional<Cost> cost(Caller caller, Waiting waiting, Event event) {
        Optional<Cost> added = cost(caller, waiting, event.at(), event.amounts().added());
        if (!event.amounts().removesSomething()) {
            return added;
        }
        return added.flatMap(
                plus -> cost(caller, waiting, event.at(), event.amounts().removed())
                        .map(minus -> new Cost(plus.nanos() - minus.nanos(), plus.price())));
    }

    private static boolean isEstimated(Event event) {
        return event.source() == UsageSource.MCP;
    }

    private static UsageTotals change(Event event, Cost cost) {
        BigInteger nanos = BigInteger.valueOf(cost.nanos());
        return new UsageTotals(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                BigInteger.ZERO,
                isEstimated(event) ? BigInteger.ZERO : nanos,
                isEstimated(event) ? nanos : BigInteger.ZERO,
                -event.amounts().tokens(),
                0,
                0,
                0);
    }

    private void write(Caller caller, Waiting waiting, List<Event> events, List<Cost> costs) {
        if (events.isEmpty()) {
            return;
        }
        Calendar calendar = workspaces.calendar(caller.place());
        sql.update(
                """
                update usage_events e set cost_nanos = g.cost, cost_source = g.cost_source, price_id = g.price_id
                  from unnest(?::uuid[], ?, ?::text[], ?::uuid[]) as g (id, cost, cost_source, price_id)
                 where e.workspace_id = ? and e.at >= ? and e.at < ? and e.id = g.id and e.cost_nanos is null
                """,
                events.stream().map(event -> event.id().toString()).toList(),
                costs.stream().map(Cost::nanos).toList(),
                events.stream()
                        .map(event -> (isEstimated(event) ? Pricing.Basis.ESTIMATED : Pricing.Basis.COMPUTED).key())
                        .toList(),
                costs.stream().map(cost -> cost.price().toString()).toList(),
                caller.workspaceId(),
                calendar.start(waiting.day()),
                calendar.start(waiting.day().plusDays(1)));
    }
}
