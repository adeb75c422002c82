package dev.covibe.ops.backup;

import dev.covibe.ops.BackupRole;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a database of ours consists of, asked of its own catalogue, so that a new table is backed up without being named. */
final class Catalogue {

    /** Belongs to {@code covibe migrate}, which has made it before anything is restored. */
    private static final String HISTORY = "flyway_schema_history";

    private static final String TABLES = """
             from pg_class c
            where c.relnamespace = 'covibe'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
              and c.relname <> '%s'
            """.formatted(HISTORY);

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    /** Reads one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    <T> List<T> list(String sql, Reader<T> reader, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet results = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (results.next()) {
                    rows.add(reader.read(results));
                }
                return rows;
            }
        }
    }

    List<String> texts(String sql, String... parameters) throws SQLException {
        return list(sql, row -> row.getString(1), parameters);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<String> tables() throws SQLException {
        return texts("select c.relname " + TABLES + " order by 1");
    }

    /** Tables whose rows the role of backups would not all see. */
    List<String> hidden() throws SQLException {
        return texts("select c.relname " + TABLES + """
                     and c.relrowsecurity
                     and not exists (select from pg_policy p
                                      where p.polrelid = c.oid and p.polname = ? and p.polcmd = 'r'
                                        and to_regrole(?) = any (p.polroles))
                   order by 1
                """, BackupRole.POLICY, BackupRole.NAME);
    }

    /** Columns that have a value of their own; generated ones follow from those. */
    List<String> columns(String table) throws SQLException {
        return texts("""
                select quote_ident(a.attname)
                  from pg_attribute a
                 where a.attrelid = format('covibe.%I', ?)::regclass and a.attnum > 0 and not a.attisdropped
                   and a.attgenerated = ''
                 order by a.attnum
                """, table);
    }

    List<String> migrations() throws SQLException {
        return texts("select version from covibe." + HISTORY + " where success and version is not null order by 1");
    }

    List<BackupFile.Partition> partitions() throws SQLException {
        return list("""
                select parent.relname, child.relname, pg_get_expr(child.relpartbound, child.oid)
                  from pg_inherits i
                  join pg_class parent on parent.oid = i.inhparent
                  join pg_class child on child.oid = i.inhrelid
                 where parent.relnamespace = 'covibe'::regnamespace and parent.relkind = 'p'
                 order by 1, 2
                """, row -> new BackupFile.Partition(row.getString(1), row.getString(2), row.getString(3)));
    }

    List<BackupFile.Sequence> sequences() throws SQLException {
        List<BackupFile.Sequence> sequences = new ArrayList<>();
        for (String name : texts("""
                select c.relname from pg_class c
                 where c.relnamespace = 'covibe'::regnamespace and c.relkind = 'S' order by 1
                """)) {
            sequences.addAll(list(
                    "select last_value, is_called from covibe.\"" + name + "\"",
                    row -> new BackupFile.Sequence(name, row.getLong(1), row.getBoolean(2))));
        }
        return sequences;
    }
}
