package dev.covibe.ops.backup;

import dev.covibe.ops.BackupRole;
import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.Failure;
import dev.covibe.ops.Version;
import dev.covibe.platform.crypto.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;

/**
 * Writes down every row as it is at one moment (OPS-10), while people go on working: one snapshot for all tables, read
 * as a role that may do nothing but read. Roles, tables and policies are not in it; {@code covibe migrate} makes those.
 */
final class Backup {

    private Backup() {}

    /**
     * @param owner who may become the role of backups
     * @param file the file to write, readable by its owner only; it is there whole or not at all
     */
    static BackupFile.Contents write(DatabaseAddress owner, Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try (Connection connection = connect(owner)) {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            BackupFile.Contents contents;
            try (OutputStream out = Files.newOutputStream(draft);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                contents = copy(connection, zip);
                zip.putNextEntry(new ZipEntry(BackupFile.DESCRIPTION));
                zip.write(BackupFile.describe(contents));
                zip.closeEntry();
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return contents;
        } catch (SQLException failure) {
            throw Failure.of("The backup failed: " + failure.getMessage(), failure);
        } catch (IOException failure) {
            throw Failure.of(file + " cannot be written (" + failure.getMessage() + ").", failure);
        }
    }

    private static Connection connect(DatabaseAddress owner) {
        try {
            return owner.connect();
        } catch (SQLException failure) {
            throw Failure.of(
                    "The database " + owner.place() + " cannot be reached as " + owner.user() + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    private static BackupFile.Contents copy(Connection connection, ZipOutputStream zip)
            throws SQLException, IOException {
        Catalogue catalogue = new Catalogue(connection);
        connection.setAutoCommit(false);
        catalogue.execute("set transaction isolation level repeatable read, read only");
        become(catalogue);
        List<String> migrations = catalogue.migrations();
        List<String> hidden = catalogue.hidden();
        if (!hidden.isEmpty()) {
            throw Failure.of(BackupRole.NAME + " does not see every row of " + String.join(", ", hidden)
                    + ": run `covibe migrate`, which lets it.");
        }
        Instant at = catalogue
                .list("select now()", row -> row.getObject(1, OffsetDateTime.class))
                .getFirst()
                .toInstant();
        List<BackupFile.Table> tables = new ArrayList<>();
        for (String name : catalogue.tables()) {
            tables.add(table(connection, name, catalogue.columns(name), zip));
        }
        // Sequences stand outside of snapshots: read last, they are never behind the rows.
        BackupFile.Contents contents = new BackupFile.Contents(
                Version.TEXT, at, migrations, tables, catalogue.partitions(), catalogue.sequences());
        connection.rollback();
        return contents;
    }

    /** For the rest of the transaction. */
    static void become(Catalogue catalogue) throws SQLException {
        try {
            catalogue.execute("set local role " + BackupRole.NAME);
        } catch (SQLException refused) {
            throw Failure.of(
                    "This role may not become " + BackupRole.NAME
                            + ", which alone sees every row: run `covibe migrate` as"
                            + " a role that may create roles, or let a superuser run `grant " + BackupRole.NAME
                            + " to` it.",
                    refused);
        }
    }

    private static BackupFile.Table table(Connection connection, String name, List<String> columns, ZipOutputStream zip)
            throws SQLException, IOException {
        zip.putNextEntry(new ZipEntry(BackupFile.Table.entry(name)));
        DigestOutputStream out = new DigestOutputStream(zip, Sha256.begin());
        long rows = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut(
                        "copy (select " + String.join(", ", columns) + " from covibe.\"" + name + "\") to stdout", out);
        zip.closeEntry();
        return new BackupFile.Table(
                name,
                columns,
                rows,
                HexFormat.of().formatHex(out.getMessageDigest().digest()));
    }
}
