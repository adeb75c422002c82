package dev.covibe.ops.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.covibe.ops.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A backup as a file: a zip with one entry of rows per table, in PostgreSQL's COPY form, and a description of them. */
final class BackupFile implements AutoCloseable {

    static final String DESCRIPTION = "backup.json";

    private static final int FORMAT = 1;

    private final ZipFile zip;
    private final Contents contents;

    private BackupFile(ZipFile zip, Contents contents) {
        this.zip = zip;
        this.contents = contents;
    }

    /**
     * @param version of Co-Vibe that made it
     * @param migrations that the database had
     */
    record Contents(
            String version,
            Instant at,
            List<String> migrations,
            List<Table> tables,
            List<Partition> partitions,
            List<Sequence> sequences) {

        long rows() {
            return tables.stream().mapToLong(Table::rows).sum();
        }
    }

    /** @param sha256 of the entry's text */
    record Table(String name, List<String> columns, long rows, String sha256) {

        static String entry(String name) {
            return "tables/" + name + ".copy";
        }
    }

    /** @param bound as in {@code for values from … to …} */
    record Partition(String parent, String name, String bound) {}

    record Sequence(String name, long lastValue, boolean called) {}

    static BackupFile open(Path file) {
        try {
            ZipFile zip = new ZipFile(file.toFile());
            ZipEntry entry = zip.getEntry(DESCRIPTION);
            if (entry == null) {
                zip.close();
                throw Failure.of(file + " is not a whole backup: it lacks its description. Was the disk full?");
            }
            try (InputStream text = zip.getInputStream(entry)) {
                return new BackupFile(zip, read(new ObjectMapper().readTree(text)));
            }
        } catch (IOException unreadable) {
            throw Failure.of(
                    file + " cannot be read as a backup (" + unreadable.getMessage() + "): take another one.",
                    unreadable);
        }
    }

    Contents contents() {
        return contents;
    }

    InputStream rows(Table table) throws IOException {
        ZipEntry entry = zip.getEntry(Table.entry(table.name()));
        if (entry == null) {
            throw Failure.of("The backup lacks the rows of " + table.name() + ": take another one.");
        }
        return zip.getInputStream(entry);
    }

    private static Contents read(JsonNode json) {
        if (json.path("format").asInt() != FORMAT) {
            throw Failure.of("The backup is of format " + json.path("format").asText() + " and this version reads "
                    + FORMAT + ": restore it with version "
                    + json.path("version").asText() + ".");
        }
        List<Table> tables = new ArrayList<>();
        json.path("tables")
                .forEach(table -> tables.add(new Table(
                        table.path("name").asText(),
                        texts(table.path("columns")),
                        table.path("rows").asLong(),
                        table.path("sha256").asText())));
        List<Partition> partitions = new ArrayList<>();
        json.path("partitions")
                .forEach(partition -> partitions.add(new Partition(
                        partition.path("parent").asText(),
                        partition.path("name").asText(),
                        partition.path("bound").asText())));
        List<Sequence> sequences = new ArrayList<>();
        json.path("sequences")
                .forEach(sequence -> sequences.add(new Sequence(
                        sequence.path("name").asText(),
                        sequence.path("last_value").asLong(),
                        sequence.path("called").asBoolean())));
        return new Contents(
                json.path("version").asText(),
                Instant.parse(json.path("at").asText()),
                texts(json.path("migrations")),
                tables,
                partitions,
                sequences);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }

    /** The form that {@link #open} reads. */
    static byte[] describe(Contents contents) throws IOException {
        ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("format", FORMAT)
                .put("version", contents.version())
                .put("at", contents.at().toString());
        ArrayNode migrations = json.putArray("migrations");
        contents.migrations().forEach(migrations::add);
        ArrayNode tables = json.putArray("tables");
        contents.tables().forEach(table -> {
            ObjectNode entry = tables.addObject()
                    .put("name", table.name())
                    .put("rows", table.rows())
                    .put("sha256", table.sha256());
            ArrayNode columns = entry.putArray("columns");
            table.columns().forEach(columns::add);
        });
        ArrayNode partitions = json.putArray("partitions");
        contents.partitions().forEach(partition -> partitions
                .addObject()
                .put("parent", partition.parent())
                .put("name", partition.name())
                .put("bound", partition.bound()));
        ArrayNode sequences = json.putArray("sequences");
        contents.sequences().forEach(sequence -> sequences
                .addObject()
                .put("name", sequence.name())
                .put("last_value", sequence.lastValue())
                .put("called", sequence.called()));
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
