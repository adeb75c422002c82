package dev.covibe.platform.sql;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Plain SQL for read models and insert-only tables, on the connection of the running transaction.
 *
 * <p>Parameters bind by position: {@link UUID}, {@link String}, numbers, {@link Boolean}, {@link Instant} and
 * {@link LocalDate} as themselves, {@code byte[]} as bytea, {@link Optional} as its value or null, collections and
 * arrays of strings or UUIDs as SQL arrays, enums by name. Every failure surfaces as {@link SqlFailure}.
 */
@ApplicationScoped
public class Sql {

    private final AgroalDataSource dataSource;

    Sql(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads one row into a value. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(Row row) throws SQLException;
    }

    public <T> List<T> list(String sql, Reader<T> reader, Object... parameters) {
        return prepared(sql, parameters, statement -> {
            List<T> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                while (results.next()) {
                    rows.add(reader.read(row));
                }
            }
            return rows;
        });
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Reader<T> reader, Object... parameters) {
        List<T> rows = list(sql, reader, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** The only row of a query that always has one, such as an aggregate. */
    public <T> T one(String sql, Reader<T> reader, Object... parameters) {
        return first(sql, reader, parameters)
                .orElseThrow(() -> new IllegalStateException("A query that always has a row had none: " + sql));
    }

    /** Runs an insert, update or delete; answers the number of rows it touched. */
    public int update(String sql, Object... parameters) {
        return prepared(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Calls functions for what they do, such as a lock; what they answer, nobody wants. */
    public void call(String sql, Object... parameters) {
        prepared(sql, parameters, PreparedStatement::execute);
    }

    /** Runs one statement for many rows in a single batch. */
    public void batch(String sql, Collection<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                bind(connection, statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException failure) {
            throw new SqlFailure(sql, failure);
        }
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T prepared(String sql, Object[] parameters, Work<T> work) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            return work.with(statement);
        } catch (SQLException failure) {
            throw new SqlFailure(sql, failure);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, Object[] parameters)
            throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            bind(connection, statement, i + 1, parameters[i]);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int index, Object value)
            throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case Optional<?> optional -> bind(connection, statement, index, optional.orElse(null));
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case Enum<?> constant -> statement.setString(index, constant.name());
            case Collection<?> values -> statement.setArray(index, array(connection, values.toArray()));
            case Object[] values -> statement.setArray(index, array(connection, values));
            default -> statement.setObject(index, value);
        }
    }

    private static Array array(Connection connection, Object[] values) throws SQLException {
        String type =
                switch (values.length == 0 ? null : values[0]) {
                    case UUID _ -> "uuid";
                    case Integer _ -> "int4";
                    case Long _ -> "int8";
                    case Float _ -> "float4";
                    case Double _ -> "float8";
                    case null, default -> "text";
                };
        return connection.createArrayOf(type, values);
    }
}
