package dev.covibe.ops;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tables with their columns. What this build expects stands in {@code db/schema.txt}, which a test pins to what the
 * migrations really make; what a database has is read from its catalogue. Partitions come and go and are left out.
 */
record Schema(Map<String, Set<String>> tables) {

    private static final String RESOURCE = "db/schema.txt";

    static Schema expected() {
        try (InputStream resource = Schema.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("This build does not say which schema it expects.");
            }
            return parse(new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Schema parse(String text) {
        Map<String, Set<String>> tables = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] parts = line.split(": ", 2);
            tables.put(parts[0], new TreeSet<>(List.of(parts[1].split(", "))));
        });
        return new Schema(tables);
    }

    static Schema found(Connection connection) throws SQLException {
        Map<String, Set<String>> tables = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select c.relname, a.attname
                  from pg_class c
                  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 where c.relnamespace = to_regnamespace(?)
                   and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
                   and c.relname <> 'flyway_schema_history'
                """)) {
            statement.setString(1, SchemaSetup.SCHEMA);
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    tables.computeIfAbsent(results.getString(1), table -> new TreeSet<>())
                            .add(results.getString(2));
                }
            }
        }
        return new Schema(tables);
    }

    /** Tables of this schema that the other lacks. */
    List<String> tablesMissingIn(Schema other) {
        return tables.keySet().stream()
                .filter(table -> !other.tables().containsKey(table))
                .toList();
    }

    /** Columns ({@code table.column}) of this schema that the other lacks in tables that it has. */
    List<String> columnsMissingIn(Schema other) {
        List<String> missing = new ArrayList<>();
        tables.forEach((table, columns) -> columns.stream()
                .filter(column -> other.tables().containsKey(table)
                        && !other.tables().get(table).contains(column))
                .forEach(column -> missing.add(table + "." + column)));
        return missing;
    }

    /** The form that {@link #parse} reads. */
    String text() {
        StringBuilder text = new StringBuilder("# Pinned by SchemaPinTest: what the migrations make.\n");
        tables.forEach((table, columns) -> text.append(table)
                .append(": ")
                .append(String.join(", ", columns))
                .append('\n'));
        return text.toString();
    }
}
