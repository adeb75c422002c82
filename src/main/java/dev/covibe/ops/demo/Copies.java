package dev.covibe.ops.demo;

import io.agroal.api.AgroalDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Many rows into many tables, quickly. PostgreSQL refuses COPY into a table with row security, so rows are copied into
 * temporary tables first and inserted from there, where the policies bind as they do for everybody.
 */
final class Copies {

    private static final int FLUSHED_AT = 4 << 20;

    private final AgroalDataSource dataSource;
    private final Map<String, Rows> tables = new LinkedHashMap<>();

    Copies(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Rows of one table. Tables are filled in the order in which they were first asked for. */
    Rows into(String table, String columns) {
        return tables.computeIfAbsent(table, name -> new Rows(name, columns));
    }

    /**
     * Inserts all that was collected. Within one transaction nothing tells PostgreSQL that tables grow, so it would read
     * all of an "empty" table for each row that refers to it, and all new rows for each session of an "empty" workspace.
     */
    void insert() {
        execute("set local enable_seqscan = off");
        execute("set local enable_nestloop = off");
        execute("discard plans");
        tables.values().forEach(rows -> {
            rows.flush();
            execute("insert into %1$s (%2$s) select %2$s from staged_%1$s%3$s"
                    .formatted(rows.table, rows.columns, rows.columns.startsWith("at,") ? " order by at" : ""));
            execute("drop table staged_" + rows.table);
        });
        tables.clear();
    }

    private void execute(String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    /** Text of COPY, kept until there is enough of it to send. */
    final class Rows {

        private final String table;
        private final String columns;
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
        private boolean staged;
        private long count;

        private Rows(String table, String columns) {
            this.table = table;
            this.columns = columns;
        }

        long count() {
            return count;
        }

        void add(Object... cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.length; i++) {
                line.append(i == 0 ? "" : "\t");
                append(line, cells[i]);
            }
            byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
            waiting.write(bytes, 0, bytes.length);
            count++;
            if (waiting.size() > FLUSHED_AT) {
                flush();
            }
        }

        private void flush() {
            if (!staged) {
                execute("create temporary table staged_%1$s on commit drop as select %2$s from %1$s with no data"
                        .formatted(table, columns));
                staged = true;
            }
            try (Connection connection = dataSource.getConnection()) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(
                                "copy staged_" + table + " from stdin",
                                new ByteArrayInputStream(waiting.toByteArray()));
            } catch (SQLException failure) {
                throw new IllegalStateException(table, failure);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            waiting.reset();
        }
    }

    private static void append(StringBuilder line, Object value) {
        switch (value) {
            case null -> line.append("\\N");
            case Optional<?> optional -> append(line, optional.orElse(null));
            case Collection<?> values ->
                escape(
                        line,
                        values.stream()
                                .map(one -> "\""
                                        + one.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                                .collect(Collectors.joining(",", "{", "}")));
            default -> escape(line, value.toString());
        }
    }

    private static void escape(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(text.charAt(i));
            }
        }
    }
}
