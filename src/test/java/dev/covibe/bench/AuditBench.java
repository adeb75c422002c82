package dev.covibe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Caller;
import dev.covibe.overlap.AuditReport;
import dev.covibe.overlap.Audits;
import dev.covibe.overlap.Candidate;
import dev.covibe.overlap.Conflict;
import dev.covibe.overlap.Footprint;
import dev.covibe.overlap.OverlapAnswers;
import dev.covibe.overlap.OverlapVerdict;
import dev.covibe.overlap.Overlaps;
import dev.covibe.overlap.Reports;
import dev.covibe.overlap.Subject;
import dev.covibe.platform.sql.Ids;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench audit}: an audit of 10,000 open pieces of work, among which collisions are planted, finishes
 * within a minute, finds them, and raises none of them again that was dismissed (OVL-4, OVL-6). Then the same over real
 * reports, against what a check of each of them finds.
 */
@QuarkusTest
class AuditBench {

    private static final int OPEN = 10_000;
    private static final int BATCH = 2_500;
    private static final int PLANTED = 60;
    private static final double MOST_SECONDS = 60;

    @Inject
    Overlaps overlaps;

    @Inject
    Audits audits;

    @Inject
    OverlapAnswers answers;

    @Inject
    Transactions transactions;

    @Inject
    Fixtures fixtures;

    @Test
    void measure() {
        Reports reports = Reports.read();
        System.out.println("| Audit | |\n|---|---|");
        planted(reports);
        real(reports);
    }

    private void planted(Reports reports) {
        Caller caller = fixtures.workspace().admin();
        Recombined recombined = new Recombined(reports, 4);
        Random random = new Random(4);
        List<Footprint> all = new ArrayList<>();
        for (int from = 0; from < OPEN - PLANTED; from += BATCH) {
            List<Footprint> batch = recombined.footprints(Math.min(BATCH, OPEN - PLANTED - from));
            transactions.in(caller.place(), () -> overlaps.leaveAll(caller.place(), batch));
            all.addAll(batch);
        }
        List<Footprint> originals = new ArrayList<>();
        List<Footprint> twins = new ArrayList<>();
        for (int i = 0; i < PLANTED; i++) {
            originals.add(all.get(random.nextInt(all.size())));
            twins.add(reworded(originals.getLast(), i, random));
        }
        transactions.in(caller.place(), () -> overlaps.leaveAll(caller.place(), twins));
        Set<Set<String>> planted = new HashSet<>();
        for (int i = 0; i < PLANTED; i++) {
            if (escalated(caller, twins.get(i))
                    .contains(originals.get(i).subject().key())) {
                planted.add(Set.of(
                        originals.get(i).subject().key(), twins.get(i).subject().key()));
            }
        }

        long start = System.nanoTime();
        AuditReport first = audits.run(caller);
        double seconds = (System.nanoTime() - start) / 1e9;
        Set<Set<String>> found = pairs(first);
        long hits = planted.stream().filter(found::contains).count();
        row("open work", "%,d", first.swept());
        row("audit", "%.1f s", seconds);
        row(
                "conflicts found",
                "%d, of which the %d best are kept",
                first.total(),
                first.conflicts().size());
        row("planted collisions that a plan would be asked about", "%d of %d", planted.size(), PLANTED);
        row("of these found by the audit", "%d of %d", hits, planted.size());

        first.conflicts()
                .forEach(conflict -> answers.answer(
                        caller,
                        conflict.one().key(),
                        conflict.other().key(),
                        OverlapVerdict.DIFFERENT,
                        Optional.empty()));
        AuditReport second = audits.run(caller);
        long again = pairs(second).stream().filter(found::contains).count();
        row("dismissed pairs raised again", "%d of %d", again, found.size());
        assertThat(first.swept()).isEqualTo(OPEN);
        assertThat(seconds).isLessThan(MOST_SECONDS);
        assertThat(planted.size()).isGreaterThan(PLANTED / 2);
        assertThat(hits).isEqualTo(planted.size());
        assertThat(again).isZero();
    }

    /** The same work as somebody else would put it: another order, a word more, half the description. */
    private static Footprint reworded(Footprint original, int number, Random random) {
        List<String> words = new ArrayList<>(Arrays.asList(original.title().split(" ")));
        Collections.shuffle(words, random);
        String title = "Fix: " + String.join(" ", words);
        String description = original.description();
        return new Footprint(
                new Subject(Subject.Kind.TASK, Ids.next(), "TWIN-" + number),
                title.length() > 200 ? title.substring(0, 200) : title,
                description.substring(0, description.length() * 3 / 4),
                "planned",
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                original.repository(),
                Optional.empty(),
                List.of());
    }

    private void real(Reports reports) {
        Caller caller = fixtures.workspace().admin();
        List<Footprint> footprints =
                reports.byId().values().stream().map(Reports.Report::footprint).toList();
        transactions.in(caller.place(), () -> overlaps.leaveAll(caller.place(), footprints));
        Set<Set<String>> checked = new HashSet<>();
        for (Footprint footprint : footprints) {
            escalated(caller, footprint)
                    .forEach(key -> checked.add(Set.of(footprint.subject().key(), key)));
        }
        long start = System.nanoTime();
        AuditReport report = audits.run(caller);
        double seconds = (System.nanoTime() - start) / 1e9;
        Set<Set<String>> found = pairs(report);
        long both = checked.stream().filter(found::contains).count();
        row("real reports", "%,d in %.1f s", report.swept(), seconds);
        row("pairs that a check of each report escalates, found by the audit", "%d of %d", both, checked.size());
        row("pairs that only the audit finds", "%d", found.size() - both);
    }

    private List<String> escalated(Caller caller, Footprint footprint) {
        return transactions.in(caller.place(), () -> overlaps.check(caller.place(), footprint)).candidates().stream()
                .filter(Candidate::escalates)
                .map(Candidate::key)
                .toList();
    }

    private static Set<Set<String>> pairs(AuditReport report) {
        Set<Set<String>> pairs = new HashSet<>();
        for (Conflict conflict : report.conflicts()) {
            pairs.add(Set.of(conflict.one().key(), conflict.other().key()));
        }
        return pairs;
    }

    private static void row(String what, String pattern, Object... values) {
        System.out.println("| " + what + " | " + String.format(Locale.ROOT, pattern, values) + " |");
    }
}
