package dev.covibe.overlap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The floors of QLT-4 on the real duplicates (OVL-5). docs/engineering/overlap-precision.md has the figures. */
@QuarkusTest
class PrecisionTest {

    private static Reports reports;
    private static MemoryIndex memory;
    private static Precision precision;

    @Inject
    Overlaps overlaps;

    @Inject
    Transactions transactions;

    @Inject
    Fixtures fixtures;

    @BeforeAll
    static void read() {
        reports = Reports.read();
        memory = new MemoryIndex(footprints());
        precision = Precision.measure(reports, reports.pairs(), report -> memory.find(report.footprint()));
    }

    @Test
    void the_rules_find_real_duplicates_and_leave_other_reports_alone() {
        assertThat(precision.asked()).isEqualTo(127);
        assertThat(precision.recall(1)).as("recall@1").isGreaterThanOrEqualTo(0.54);
        assertThat(precision.recall(5)).as("recall@5").isGreaterThanOrEqualTo(0.83);
        assertThat(precision.recall(10)).as("recall@10").isGreaterThanOrEqualTo(0.88);
        assertThat(precision.recall(20)).as("recall@20").isGreaterThanOrEqualTo(0.91);
        assertThat(precision.falseAlarms())
                .as("escalations on reports without a duplicate")
                .isLessThanOrEqualTo(0.02);
    }

    @Test
    void the_floors_do_not_hang_on_a_lucky_half() {
        List<Reports.Pair> pairs = reports.pairs();
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            List<Reports.Pair> half =
                    pairs.stream().filter(pair -> random.nextBoolean()).toList();
            long early = half.stream().filter(pair -> rank(pair) <= 5).count();
            long late = half.stream().filter(pair -> rank(pair) <= 20).count();
            assertThat((double) early / half.size())
                    .as("recall@5, half " + seed)
                    .isGreaterThan(0.78);
            assertThat((double) late / half.size())
                    .as("recall@20, half " + seed)
                    .isGreaterThan(0.86);
        }
    }

    /** All are compared with all as they arrive; then whoever has a known duplicate asks, and every tenth of the others. */
    @Test
    void the_database_answers_as_the_rules_do() {
        Place place = fixtures.workspace().admin().place();
        int overlapping = transactions.in(place, () -> overlaps.leaveAll(place, footprints()));
        assertThat(overlapping).isBetween(precision.escalated() * 9 / 10, precision.escalated());
        Set<Reports.Report> asking = new LinkedHashSet<>();
        reports.pairs().forEach(pair -> asking.add(pair.asked()));
        reports.byId().values().stream()
                .filter(report -> report.number() % 10 == 0)
                .forEach(asking::add);
        assertThat(asking).hasSizeGreaterThan(350);
        for (Reports.Report report : asking) {
            assertThat(transactions
                            .in(place, () -> overlaps.check(place, report.footprint()))
                            .candidates())
                    .as(report.id())
                    .extracting(Candidate::id, Candidate::escalates)
                    .isEqualTo(memory.find(report.footprint()).stream()
                            .map(candidate -> tuple(candidate.id(), candidate.escalates()))
                            .toList());
        }
    }

    private static int rank(Reports.Pair pair) {
        List<Candidate> candidates = memory.find(pair.asked().footprint());
        return 1
                + IntStream.range(0, candidates.size())
                        .filter(at ->
                                candidates.get(at).id().equals(pair.duplicate().uuid()))
                        .findFirst()
                        .orElse(OverlapReport.MOST);
    }

    private static List<Footprint> footprints() {
        return reports.byId().values().stream().map(Reports.Report::footprint).toList();
    }
}
