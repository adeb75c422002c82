package dev.covibe.overlap;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The real reports of {@code src/test/resources/overlap} (attribution beside them), and which their maintainers paired. */
public record Reports(Map<String, Report> byId, List<Pair> pairs) {

    /** One report; its place in the file makes its key. */
    public record Report(String id, UUID uuid, int number, String title, String description) {

        public Footprint footprint() {
            return new Footprint(
                    new Subject(Subject.Kind.TASK, uuid, "HAD-" + number),
                    title,
                    description,
                    "planned",
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of());
        }
    }

    /** Somebody asks with one report; the other is what should be found. */
    public record Pair(Report asked, Report duplicate) {}

    public static Reports read() {
        Map<String, Report> byId = new LinkedHashMap<>();
        rows("hadoop_bugs.csv", row -> {
            int number = byId.size() + 1;
            String id = row.getField("Issue id");
            byId.put(
                    id,
                    new Report(
                            id,
                            new UUID(0x7000L, number),
                            number,
                            row.getField("Summary"),
                            row.getField("Description")));
        });
        List<Pair> pairs = new ArrayList<>();
        rows("hadoop_duplicates.csv", row -> {
            Report asked = byId.get(row.getField("Issue id"));
            for (String id : row.getField("Duplicate id").split(",")) {
                Report duplicate = byId.get(id.strip());
                if (asked != null && duplicate != null) {
                    pairs.add(new Pair(asked, duplicate));
                }
            }
        });
        return new Reports(byId, pairs);
    }

    /** Reports that stand in no pair. */
    public Set<String> alone() {
        Set<String> alone = new HashSet<>(byId.keySet());
        pairs.forEach(pair -> {
            alone.remove(pair.asked().id());
            alone.remove(pair.duplicate().id());
        });
        return alone;
    }

    private static void rows(String name, Consumer<NamedCsvRecord> consumer) {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                .maxBufferSize(1 << 24)
                .ofNamedCsvRecord(new InputStreamReader(
                        Reports.class.getResourceAsStream("/overlap/" + name), StandardCharsets.UTF_8))) {
            csv.forEach(consumer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
