package dev.covibe.ops.backup;

import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.Failure;
import dev.covibe.ops.SchemaSetup;
import dev.covibe.platform.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Brings the rows of a backup into an empty database that {@code covibe migrate} has made (OPS-10). All of it is one
 * transaction of the owner, in which row security does not bind the owner and foreign keys wait; it ends with both in
 * force again, or with nothing changed.
 */
final class Restore {

    private final Connection connection;
    private final Catalogue catalogue;
    private final BackupFile file;

    private Restore(Connection connection, BackupFile file) {
        this.connection = connection;
        this.catalogue = new Catalogue(connection);
        this.file = file;
    }

    /** @throws Failure when the backup does not fit the database, or the database is not empty; nothing is changed then */
    static void into(DatabaseAddress owner, DatabaseAddress runtime, BackupFile file) {
        try (Connection connection = owner.connect()) {
            connection.setAutoCommit(false);
            Restore restore = new Restore(connection, file);
            restore.run();
            connection.commit();
            restore.analyze();
            connection.commit();
        } catch (SQLException failure) {
            throw Failure.of(
                    "55P03".equals(failure.getSQLState())
                            ? "Somebody uses the database: stop every server that runs on it, and restore again."
                            : "The restore failed, and nothing was changed: " + failure.getMessage(),
                    failure);
        } catch (IOException failure) {
            throw Failure.of("The backup cannot be read, and nothing was changed: " + failure.getMessage(), failure);
        }
        // New partitions are closed to the server's role here, as all others were.
        SchemaSetup.apply(owner, runtime, message -> {});
    }

    private void run() throws SQLException, IOException {
        requireSameSchema();
        catalogue.execute("set local search_path = covibe");
        // Before any lock, so that a mistake does not stop a server that is at work.
        Backup.become(catalogue);
        requireEmpty();
        catalogue.execute("reset role");
        catalogue.execute("set local lock_timeout = '10s'");
        becomeOwner();
        List<String> tables = catalogue.tables();
        for (String table : tables) {
            catalogue.execute("alter table \"" + table + "\" no force row level security");
            catalogue.execute("alter table \"" + table + "\" disable trigger user");
        }
        requireEmpty();
        List<ForeignKey> keys = dropForeignKeys();
        catalogue.execute(
                "truncate " + tables.stream().map(table -> "\"" + table + "\"").collect(Collectors.joining(", ")));
        makePartitions();
        for (BackupFile.Table table : file.contents().tables()) {
            fill(table);
        }
        renumber();
        for (BackupFile.Sequence sequence : file.contents().sequences()) {
            catalogue.execute("select setval('\"" + sequence.name() + "\"', greatest(" + sequence.lastValue()
                    + ", (select last_value from \"" + sequence.name() + "\")), true)");
        }
        for (ForeignKey key : keys) {
            catalogue.execute("alter table " + key.table() + " add constraint " + key.name() + " " + key.definition());
        }
        for (String table : tables) {
            catalogue.execute("alter table \"" + table + "\" enable trigger user");
            if (isScoped(table)) {
                catalogue.execute("alter table \"" + table + "\" force row level security");
            }
        }
    }

    private void becomeOwner() throws SQLException {
        catalogue.execute("set local role "
                + catalogue
                        .texts(
                                "select quote_ident(pg_get_userbyid(nspowner)) from pg_namespace where nspname = 'covibe'")
                        .getFirst());
    }

    /** Without it the planner would take every table for an empty one until somebody looks. */
    private void analyze() throws SQLException {
        becomeOwner();
        for (String table : catalogue.tables()) {
            catalogue.execute("analyze covibe.\"" + table + "\"");
        }
    }

    private boolean isScoped(String table) throws SQLException {
        return !catalogue
                .texts(
                        "select 'yes' from pg_class where oid = format('covibe.%I', ?)::regclass and relrowsecurity",
                        table)
                .isEmpty();
    }

    private void requireSameSchema() throws SQLException {
        if (catalogue
                .texts("select 'yes' where to_regclass('covibe.flyway_schema_history') is not null")
                .isEmpty()) {
            throw Failure.of("The database has no schema yet: run `covibe migrate` first.");
        }
        List<String> found = catalogue.migrations();
        List<String> needed = file.contents().migrations();
        if (!found.equals(needed)) {
            throw Failure.of("The backup was made with migrations up to " + needed.getLast() + " by version "
                    + file.contents().version() + ", and this database is at " + found.getLast()
                    + ": migrate an empty database with that version, restore there, and migrate on from it.");
        }
    }

    private void requireEmpty() throws SQLException {
        long tenants = catalogue
                .list("select count(*) from tenants", row -> row.getLong(1))
                .getFirst();
        if (tenants > 0) {
            throw Failure.of("The database already holds " + tenants + (tenants == 1 ? " company" : " companies")
                    + ": a backup goes into an empty database, made by `covibe migrate`.");
        }
    }

    private record ForeignKey(String table, String name, String definition) {}

    private List<ForeignKey> dropForeignKeys() throws SQLException {
        List<ForeignKey> keys =
                catalogue.list("""
                select k.conrelid::regclass::text, quote_ident(k.conname), pg_get_constraintdef(k.oid)
                  from pg_constraint k
                 where k.connamespace = 'covibe'::regnamespace and k.contype = 'f' and k.conparentid = 0
                 order by 1, 2
                """, row -> new ForeignKey(row.getString(1), row.getString(2), row.getString(3)));
        for (ForeignKey key : keys) {
            catalogue.execute("alter table " + key.table() + " drop constraint " + key.name());
        }
        return keys;
    }

    private void makePartitions() throws SQLException {
        List<String> present =
                catalogue.partitions().stream().map(BackupFile.Partition::name).toList();
        for (BackupFile.Partition partition : file.contents().partitions()) {
            if (!present.contains(partition.name())) {
                String name = "\"" + partition.name() + "\"";
                catalogue.execute(
                        "create table " + name + " partition of \"" + partition.parent() + "\" " + partition.bound());
                catalogue.execute("alter table " + name + " enable row level security, force row level security");
            }
        }
    }

    private void fill(BackupFile.Table table) throws SQLException, IOException {
        List<String> columns = catalogue.columns(table.name());
        if (!columns.containsAll(table.columns())) {
            throw Failure.of(
                    "The table " + table.name() + " is another one than in the backup, although the migrations are"
                            + " the same: the database was changed by hand.");
        }
        DigestInputStream rows = new DigestInputStream(file.rows(table), Sha256.begin());
        long count;
        try (InputStream in = rows) {
            count = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy \"" + table.name() + "\" (" + String.join(", ", table.columns()) + ") from stdin",
                            in);
        }
        String sha256 = HexFormat.of().formatHex(rows.getMessageDigest().digest());
        if (count != table.rows() || !sha256.equals(table.sha256())) {
            throw Failure.of("The rows of " + table.name() + " are damaged in the backup; nothing was changed. Take"
                    + " another one.");
        }
    }

    /**
     * The log is ordered by the transaction that wrote an event, and shown up to the oldest running one. In a new cluster
     * transactions are counted from the beginning, so old numbers would hide the whole log for a long time and put new
     * events before old ones. All restored events become the work of transaction 1, in the order that they had; positions
     * in the log that other tables remember move with them.
     */
    private void renumber() throws SQLException {
        catalogue.execute("""
                create temporary table event_ranks on commit drop as
                select workspace_id, at, id, tx, seq, row_number() over (order by tx, seq) as rank from work_events
                """);
        catalogue.execute("create index on event_ranks (tx, seq, rank)");
        for (String table : catalogue.texts("""
                select c.relname
                  from pg_class c
                 where c.relnamespace = 'covibe'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                   and c.relname <> 'work_events'
                   and 2 = (select count(*) from pg_attribute a
                             where a.attrelid = c.oid and a.attname in ('tx', 'seq') and not a.attisdropped)
                """)) {
            catalogue.execute("""
                    update "%s" p set tx = 1, seq = coalesce((
                        select rank from event_ranks r where (r.tx, r.seq) <= (p.tx, p.seq)
                         order by r.tx desc, r.seq desc limit 1), 0)
                    """.formatted(table));
        }
        catalogue.execute("""
                update work_events e set tx = 1, seq = r.rank
                  from event_ranks r
                 where e.workspace_id = r.workspace_id and e.at = r.at and e.id = r.id
                """);
        catalogue.execute("drop table event_ranks");
        catalogue.execute("select setval('work_events_seq', greatest((select last_value from work_events_seq),"
                + " (select count(*) from work_events)))");
    }
}
