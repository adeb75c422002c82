package dev.covibe.ops;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a database's schema compares with what this build expects (OPS-1). More than expected is fine: while a release
 * rolls out, or back, the schema is ahead of some instances.
 *
 * @param migration the newest applied version, empty when nothing was ever migrated
 * @param missingMigrations versions that this build carries and the database does not have
 */
record SchemaState(
        Optional<String> migration,
        List<String> missingMigrations,
        List<String> missingTables,
        List<String> missingColumns) {

    private static final Schema EXPECTED = Schema.expected();
    private static final List<String> CARRIED = Migrations.carried().versions();

    static SchemaState of(Connection connection) throws SQLException {
        Schema found = Schema.found(connection);
        List<String> applied = applied(connection);
        return new SchemaState(
                applied.stream().max(String::compareTo),
                CARRIED.stream().filter(version -> !applied.contains(version)).toList(),
                EXPECTED.tablesMissingIn(found),
                EXPECTED.columnsMissingIn(found));
    }

    boolean isComplete() {
        return missingMigrations.isEmpty() && missingTables.isEmpty() && missingColumns.isEmpty();
    }

    /** What is missing, for people: {@code table tasks, column developers.handle, migration 0031}. */
    String missing() {
        return Stream.of(
                        missingTables.stream().map(table -> "table " + table),
                        missingColumns.stream().map(column -> "column " + column),
                        missingMigrations.stream().map(version -> "migration " + version))
                .flatMap(names -> names)
                .reduce((left, right) -> left + ", " + right)
                .orElse("nothing");
    }

    private static List<String> applied(Connection connection) throws SQLException {
        String history = SchemaSetup.SCHEMA + ".flyway_schema_history";
        List<String> versions = new ArrayList<>();
        try (PreparedStatement exists = connection.prepareStatement("select to_regclass(?) is not null")) {
            exists.setString(1, history);
            try (ResultSet results = exists.executeQuery()) {
                if (!results.next() || !results.getBoolean(1)) {
                    return versions;
                }
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(
                        "select version from " + history + " where success and version is not null");
                ResultSet results = statement.executeQuery()) {
            while (results.next()) {
                versions.add(results.getString(1));
            }
        }
        return versions;
    }
}
