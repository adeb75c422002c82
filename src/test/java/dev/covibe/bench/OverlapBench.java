package dev.covibe.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.covibe.overlap.Footprint;
import dev.covibe.overlap.Overlaps;
import dev.covibe.overlap.Precision;
import dev.covibe.overlap.Reports;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench overlap}: how good the overlap check is on real duplicates (QLT-4) and how fast in a large
 * workspace (QLT-3), through the real desk and the real database. Prints a table and rewrites the figures in
 * docs/engineering.
 */
@QuarkusTest
class OverlapBench {

    private static final int[] SIZES = {10_000, 100_000};
    private static final int BATCH = 2_500;
    private static final int WARM_UP = 300;
    private static final int CHECKS = 1_000;

    @Inject
    Overlaps overlaps;

    @Inject
    Transactions transactions;

    @Inject
    Fixtures fixtures;

    @Test
    void measure() throws IOException {
        Reports reports = Reports.read();
        StringBuilder table = new StringBuilder();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("machine", machine());
        figures.put("quality", quality(reports, table));
        figures.put("speed", speed(reports, table));
        System.out.println(table);
        Path folder = Path.of("docs", "engineering");
        Files.createDirectories(folder);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("overlap-precision.json").toFile(), figures);
        Page.write(folder.resolve("overlap-precision.md"), table.toString(), machine());
    }

    private Map<String, Object> quality(Reports reports, StringBuilder table) {
        Place place = fixtures.workspace().admin().place();
        List<Footprint> footprints =
                reports.byId().values().stream().map(Reports.Report::footprint).toList();
        long start = System.nanoTime();
        int overlapping = transactions.in(place, () -> overlaps.leaveAll(place, footprints));
        double seconds = (System.nanoTime() - start) / 1e9;
        Precision precision = Precision.measure(reports, reports.pairs(), report -> transactions
                .in(place, () -> overlaps.check(place, report.footprint()))
                .candidates());
        table.append(format(
                "| Quality on %d real pairs among %d reports | |%n|---|---|%n", precision.asked(), footprints.size()));
        Map<String, Object> figures = new LinkedHashMap<>();
        for (int rank : Precision.RANKS) {
            table.append(format("| recall@%d | %.3f |%n", rank, precision.recall(rank)));
            figures.put("recall_at_" + rank, precision.recall(rank));
        }
        table.append(format(
                "| escalations on reports without a known duplicate | %d of %d (%.2f %%) |%n",
                precision.escalatedAlone(), precision.alone(), 100 * precision.falseAlarms()));
        table.append(format(
                "| escalations that name a known duplicate | %d of %d (%.0f %%) |%n",
                precision.escalatedPaired(), precision.escalated(), 100 * precision.ofEscalations()));
        table.append(format("| import of all reports, with %d overlaps counted | %.1f s |%n", overlapping, seconds));
        figures.put("escalations_without_duplicate", precision.falseAlarms());
        figures.put("escalations_with_known_duplicate", precision.ofEscalations());
        figures.put("import_seconds", seconds);
        return figures;
    }

    private Map<String, Object> speed(Reports reports, StringBuilder table) {
        table.append(format("%n| Open work | check p50 | p95 | p99 | 1,000 imported in |%n|---|---|---|---|---|%n"));
        Map<String, Object> figures = new LinkedHashMap<>();
        double smaller = 0;
        for (int size : SIZES) {
            Place place = fixtures.workspace().admin().place();
            Recombined recombined = new Recombined(reports, size);
            long start = System.nanoTime();
            for (int from = 0; from < size; from += BATCH) {
                List<Footprint> batch = recombined.footprints(BATCH);
                transactions.in(place, () -> overlaps.leaveAll(place, batch));
            }
            double thousand = (System.nanoTime() - start) / 1e9 / (size / 1000.0);
            double[] times = times(place, recombined);
            table.append(format(
                    "| %,d | %.1f ms | %.1f ms | %.1f ms | %.1f s |%n",
                    size, at(times, 0.5), at(times, 0.95), at(times, 0.99), thousand));
            figures.put("p50_ms_" + size, at(times, 0.5));
            figures.put("p95_ms_" + size, at(times, 0.95));
            figures.put("p99_ms_" + size, at(times, 0.99));
            if (smaller > 0) {
                table.append(format("%np95 grows by a factor of %.2f.%n", at(times, 0.95) / smaller));
                figures.put("p95_ratio", at(times, 0.95) / smaller);
            }
            smaller = at(times, 0.95);
        }
        return figures;
    }

    private double[] times(Place place, Recombined recombined) {
        List<Footprint> drafts = recombined.footprints(WARM_UP + CHECKS);
        double[] times = new double[CHECKS];
        for (int i = 0; i < drafts.size(); i++) {
            Footprint draft = drafts.get(i);
            long start = System.nanoTime();
            transactions.in(place, () -> overlaps.check(place, draft));
            if (i >= WARM_UP) {
                times[i - WARM_UP] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(times);
        return times;
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }

    private static String machine() {
        return format(
                "%d processors, %d MB heap, %s %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.version().feature());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
