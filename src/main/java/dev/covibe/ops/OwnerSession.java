package dev.covibe.ops;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/** One connection of someone who may change roles and tables, with just what {@code migrate} needs. */
final class OwnerSession implements AutoCloseable {

    /** Any constant does, as long as nothing else in the database uses it. */
    private static final long LOCK = 0x636f766962650001L;

    private final Connection connection;

    private OwnerSession(Connection connection) {
        this.connection = connection;
    }

    static OwnerSession open(DatabaseAddress address) {
        try {
            return new OwnerSession(address.connect());
        } catch (SQLException failure) {
            throw ConnectFailures.explain(address, failure);
        }
    }

    /** Waits until no other session holds the lock, telling so when it has to. The lock ends with the connection. */
    void lock(Consumer<String> progress) throws SQLException {
        if (!is("select pg_try_advisory_lock(" + LOCK + ")")) {
            progress.accept("Another migrate is at work on this database; waiting for it to end.");
            execute("select pg_advisory_lock(" + LOCK + ")");
        }
    }

    boolean is(String sql, Object... parameters) throws SQLException {
        return text(sql, parameters).filter("t"::equals).isPresent();
    }

    Optional<String> text(String sql, Object... parameters) throws SQLException {
        List<String> rows = texts(sql, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.getFirst());
    }

    /** The first column of every row. */
    List<String> texts(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    rows.add(results.getString(1));
                }
            }
            return rows;
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String identifier(String name) throws SQLException {
        return connection.unwrap(PGConnection.class).escapeIdentifier(name);
    }

    String literal(String text) throws SQLException {
        return "'" + connection.unwrap(PGConnection.class).escapeLiteral(text) + "'";
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
