package dev.covibe.platform.sql;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One row of a result, read by column name. Nullable columns are read through the {@code optional…} methods. */
public final class Row {

    private final ResultSet results;

    Row(ResultSet results) {
        this.results = results;
    }

    public UUID uuid(String column) throws SQLException {
        return results.getObject(column, UUID.class);
    }

    public Optional<UUID> optionalUuid(String column) throws SQLException {
        return Optional.ofNullable(uuid(column));
    }

    public String text(String column) throws SQLException {
        return results.getString(column);
    }

    public Optional<String> optionalText(String column) throws SQLException {
        return Optional.ofNullable(text(column));
    }

    public int integer(String column) throws SQLException {
        return results.getInt(column);
    }

    public Optional<Integer> optionalInteger(String column) throws SQLException {
        return Optional.ofNullable(results.getObject(column, Integer.class));
    }

    public long bigint(String column) throws SQLException {
        return results.getLong(column);
    }

    public double number(String column) throws SQLException {
        return results.getDouble(column);
    }

    public boolean bool(String column) throws SQLException {
        return results.getBoolean(column);
    }

    public Instant instant(String column) throws SQLException {
        return results.getObject(column, OffsetDateTime.class).toInstant();
    }

    public Optional<Instant> optionalInstant(String column) throws SQLException {
        return Optional.ofNullable(results.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    public Optional<LocalDate> optionalDate(String column) throws SQLException {
        return Optional.ofNullable(results.getObject(column, LocalDate.class));
    }

    public byte[] bytes(String column) throws SQLException {
        return results.getBytes(column);
    }

    public List<String> texts(String column) throws SQLException {
        Array array = results.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    public List<UUID> uuids(String column) throws SQLException {
        Array array = results.getArray(column);
        return array == null ? List.of() : List.of((UUID[]) array.getArray());
    }
}
