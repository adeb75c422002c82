package dev.covibe.identity.members;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Recorded;
import dev.covibe.tenancy.Transactions;
import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is recorded about the one who asks, in their workspace; nobody can ask it about somebody else. */
@ApplicationScoped
public class OwnRecord {

    private final Transactions transactions;
    private final Sql sql;
    private final List<Recorded.Trace> traces;

    OwnRecord(Transactions transactions, Sql sql, @All List<Recorded> recorded) {
        this.transactions = transactions;
        this.sql = sql;
        this.traces = recorded.stream()
                .flatMap(feature -> feature.traces().stream())
                .sorted(Comparator.comparing(Recorded.Trace::what))
                .toList();
    }

    /**
     * One kind of record.
     *
     * @param what its name in the plural
     * @param detail what is in it and what is not
     * @param count how many there are
     * @param latest the time of the newest
     */
    @RegisterForReflection
    public record Kept(String what, String detail, long count, Optional<Instant> latest) {}

    private record Counted(int number, long count, Optional<Instant> latest) {}

    /** Every kind, in the order of the alphabet, those without any record too. */
    public List<Kept> of(Caller caller) {
        // One question for all of them; the texts are the features' own and never a request's.
        String query = IntStream.range(0, traces.size())
                .mapToObj(n -> "select " + n + " as number, t.count, t.latest from ("
                        + traces.get(n).sql() + ") t")
                .collect(Collectors.joining(" union all "));
        Object[] parameters =
                Stream.generate(caller::developerId).limit(traces.size()).toArray();
        return transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                query,
                                row -> new Counted(
                                        row.integer("number"), row.bigint("count"), row.optionalInstant("latest")),
                                parameters))
                .stream()
                .sorted(Comparator.comparingInt(Counted::number))
                .map(counted -> new Kept(
                        traces.get(counted.number()).what(),
                        traces.get(counted.number()).detail(),
                        counted.count(),
                        counted.latest()))
                .toList();
    }
}
