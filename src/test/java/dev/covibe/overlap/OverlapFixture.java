package dev.covibe.overlap;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** A workspace with nothing planned in it, and ways to look and to leave footprints there. */
abstract class OverlapFixture {

    @Inject
    Overlaps overlaps;

    @Inject
    Transactions transactions;

    @Inject
    Fixtures fixtures;

    @Inject
    Sql sql;

    Fixtures.Workspace workspace;
    Caller lin;
    Caller mia;
    Place place;
    private int keys;

    @BeforeEach
    void open() {
        workspace = fixtures.workspace();
        lin = workspace.admin();
        mia = fixtures.member(workspace, "mia");
        place = lin.place();
    }

    OverlapReport check(Work draft) {
        return check(draft.build());
    }

    OverlapReport check(Footprint draft) {
        return transactions.in(place, () -> overlaps.check(place, draft));
    }

    void leave(Footprint footprint) {
        transactions.run(place, () -> overlaps.leave(place, footprint));
    }

    void leave(Work work) {
        leave(work.build());
    }

    long count(String table) {
        return in(() -> sql.one("select count(*) as rows from " + table, row -> row.bigint("rows")));
    }

    <T> T in(Supplier<T> work) {
        return transactions.in(place, work);
    }

    Work titled(String title) {
        return work(title, "", List.of(), List.of());
    }

    Work work(String title, String description, List<String> paths, List<String> references) {
        return new Work(++keys, title, description, paths, references);
    }
}
