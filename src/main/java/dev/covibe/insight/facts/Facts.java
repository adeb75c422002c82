package dev.covibe.insight.facts;

import dev.covibe.agents.daily.SessionDays;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The daily facts that every page of insight is made of (INS-3): one query for each fact, whatever it is cut by. Days are
 * those of the workspace's calendar. All of them read roll-ups that agree with the raw rows, so a page costs days ×
 * developers and not rows; docs/metrics.md says what each figure means.
 *
 * <p>However a fact is cut, its parts add up to the same total. What belongs to nobody, to no task or to no model has an
 * empty key and is never left out. Facts come in the order of days, then of keys, the empty one last.
 */
@ApplicationScoped
public class Facts {

    /** More groups than these are not read; what a page shows is less. */
    public static final int MOST = 50_000;

    private static final String DEAREST = """
            sum(reported_nanos + computed_nanos + estimated_nanos) desc,
            sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens) desc,\s""";

    private static final String FRESH = "covibe.facts.fresh";

    private final Transactions transactions;
    private final Sql sql;
    private final SessionDays sessionDays;
    private final EventDays eventDays;
    private final TransactionSynchronizationRegistry registry;

    Facts(
            Transactions transactions,
            Sql sql,
            SessionDays sessionDays,
            EventDays eventDays,
            TransactionSynchronizationRegistry registry) {
        this.transactions = transactions;
        this.sql = sql;
        this.sessionDays = sessionDays;
        this.eventDays = eventDays;
        this.registry = registry;
    }

    /** Reads several facts of one moment: wrap in this whatever must fit together. */
    public <T> T together(Caller caller, Supplier<T> work) {
        if (!QuarkusTransaction.isActive()) {
            sessionDays.catchUp().once(caller.place());
            eventDays.catchUp().once(caller.place());
        }
        return transactions.in(caller.place(), () -> {
            if (registry.getResource(FRESH) == null) {
                registry.putResource(FRESH, true);
                sessionDays.catchUp().within(caller.place());
                eventDays.catchUp().within(caller.place());
            }
            return work.get();
        });
    }

    /** Tokens, calls and cost on the day on which they were used; without a task they are unattributed (AGT-6). */
    public List<Fact<UsageTotals>> usage(Caller caller, Period period, Slice slice) {
        return read(caller, period, slice, Source.usage(slice), UsageTotals::read);
    }

    /** The same, the dearest first, at most so many: of thousands of tasks a page shows few. */
    public List<Fact<UsageTotals>> dearest(Caller caller, Period period, Slice slice, int most) {
        return read(caller, period, slice, Source.usage(slice), UsageTotals::read, DEAREST, most);
    }

    /** What was read in parts, as one. */
    public static UsageTotals total(List<Fact<UsageTotals>> parts) {
        return parts.stream().map(Fact::figures).reduce(UsageTotals.NONE, UsageTotals::plus);
    }

    public UsageTotals usage(Caller caller, Period period) {
        return only(usage(caller, period, Slice.TOTAL));
    }

    /** Sessions on the day on which they began. */
    public List<Fact<SessionFigures>> sessions(Caller caller, Period period, Slice slice) {
        return read(caller, period, slice, Source.sessions(slice), SessionFigures::read);
    }

    public SessionFigures sessions(Caller caller, Period period) {
        return only(sessions(caller, period, Slice.TOTAL));
    }

    /** How many work events there were. Of agents and of people, who have an empty key by {@link Dimension#AGENT}. */
    public List<Fact<Long>> events(Caller caller, Period period, Slice slice) {
        return read(caller, period, slice, Source.EVENTS, row -> row.bigint("events"));
    }

    public long events(Caller caller, Period period) {
        return only(events(caller, period, Slice.TOTAL));
    }

    /** Tasks on the day on which they were done, for their owner. */
    public List<Fact<CompletionFigures>> completions(Caller caller, Period period, Slice slice) {
        return read(caller, period, slice, Source.COMPLETIONS, CompletionFigures::read);
    }

    public CompletionFigures completions(Caller caller, Period period) {
        return only(completions(caller, period, Slice.TOTAL));
    }

    /** Timed steps on the day on which they began. */
    public List<Fact<SpanFigures>> spans(Caller caller, Period period, Slice slice) {
        return read(caller, period, slice, Source.SPANS, SpanFigures::read);
    }

    public SpanFigures spans(Caller caller, Period period) {
        return only(spans(caller, period, Slice.TOTAL));
    }

    private static <T> T only(List<Fact<T>> facts) {
        return facts.getFirst().figures();
    }

    private <T> List<Fact<T>> read(Caller caller, Period period, Slice slice, Source source, Sql.Reader<T> reader) {
        return read(caller, period, slice, source, reader, "", MOST);
    }

    private <T> List<Fact<T>> read(
            Caller caller, Period period, Slice slice, Source source, Sql.Reader<T> reader, String first, int most) {
        List<Object> parameters = new ArrayList<>();
        String query = query(source, slice, period, caller, parameters, first, most);
        return together(
                caller,
                () -> sql.list(
                        query,
                        row -> {
                            List<Optional<String>> keys = new ArrayList<>();
                            for (int i = 0; i < slice.by().size(); i++) {
                                keys.add(row.optionalText("key" + i));
                            }
                            return new Fact<>(
                                    slice.daily() ? row.optionalDate("day") : Optional.empty(), keys, reader.read(row));
                        },
                        parameters.toArray()));
    }

    private static String query(
            Source source, Slice slice, Period period, Caller caller, List<Object> parameters, String first, int most) {
        List<String> columns = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        List<String> order = new ArrayList<>();
        if (slice.daily()) {
            columns.add("day");
            groups.add("day");
            order.add("day");
        }
        for (int i = 0; i < slice.by().size(); i++) {
            Source.Column column = source.column(slice.by().get(i));
            columns.add(column.key() + " as key" + i);
            groups.add(column.groups());
            order.add("key" + i);
        }
        columns.add(source.sums());
        StringBuilder query = new StringBuilder("select ")
                .append(String.join(", ", columns))
                .append(" from ")
                .append(source.relation())
                .append(" where workspace_id = ?");
        parameters.add(caller.workspaceId());
        if (source == Source.COMPLETIONS) {
            query.append(" and ended_at >= ? and ended_at < ?");
            parameters.add(period.begins());
            parameters.add(period.ends());
        } else {
            query.append(" and day between ? and ?");
            parameters.add(period.from());
            parameters.add(period.to());
        }
        slice.only().forEach((dimension, key) -> {
            query.append(" and ").append(source.column(dimension).condition());
            parameters.add(key);
        });
        if (!groups.isEmpty()) {
            query.append(" group by ").append(String.join(", ", groups));
            query.append(" order by ").append(first).append(String.join(", ", order));
            query.append(" limit ").append(most);
        }
        return query.toString();
    }
}
