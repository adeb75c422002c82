package dev.covibe.embedded;

import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.Failure;
import dev.covibe.ops.LocalDatabase;
import dev.covibe.ops.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A PostgreSQL of one's own below a data directory: {@code postgres/} holds the data, {@code postgres-password} the
 * superuser's password, {@code postgres.log} what it says, {@code binaries/} its programs.
 */
public final class EmbeddedPostgres implements LocalDatabase {

    private static final String DATABASE = "covibe";

    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedPostgres() {}

    @Override
    public Running start(Path home, Durability durability, Consumer<String> progress) {
        try {
            PrivateFile.directory(home);
        } catch (IOException failure) {
            throw Failure.of("The data directory " + home + " cannot be made: " + failure.getMessage(), failure);
        }
        Binaries binaries = Binaries.in(home, progress);
        Path data = home.resolve("postgres");
        Account account = Account.forDataBelow(home, data, binaries, progress);
        Cluster cluster = new Cluster(home, data, binaries, account, durability);
        if (!cluster.exists()) {
            progress.accept("Making the database (once)…");
            cluster.make();
        }
        Optional<DatabaseAddress> left = running(home);
        if (left.isPresent()) {
            progress.accept("Taking over the database that an earlier server left running.");
        } else {
            cluster.start();
        }
        DatabaseAddress superuser = left.orElseGet(() -> address(home, cluster.port()));
        makeDatabase(superuser);
        return new Running() {
            @Override
            public DatabaseAddress superuser() {
                return superuser;
            }

            @Override
            public void close() {
                cluster.stop();
            }
        };
    }

    @Override
    public void delete(Path home) {
        Path data = home.resolve("postgres");
        try {
            if (Files.exists(data)) {
                Binaries binaries = Binaries.in(home, message -> {});
                Account account = Account.forDataBelow(home, data, binaries, message -> {});
                new Cluster(home, data, binaries, account, Durability.DISPOSABLE).stop();
                Binaries.deleteTree(data);
            }
            Files.deleteIfExists(home.resolve("postgres-password"));
        } catch (IOException failure) {
            throw Failure.of("The database in " + data + " cannot be deleted: " + failure.getMessage(), failure);
        }
    }

    @Override
    public Optional<DatabaseAddress> running(Path home) {
        return ProcessFile.read(home.resolve("postgres"))
                .filter(ProcessFile::isReady)
                .map(file -> address(home, file.port()))
                .filter(EmbeddedPostgres::answers);
    }

    private static DatabaseAddress address(Path home, int port) {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, Cluster.SUPERUSER, Cluster.password(home));
    }

    private static boolean answers(DatabaseAddress superuser) {
        try (Connection connection = inMaintenanceDatabase(superuser).connect()) {
            return connection.isValid(5);
        } catch (SQLException unreachable) {
            return false;
        }
    }

    private static void makeDatabase(DatabaseAddress superuser) {
        try (Connection connection = inMaintenanceDatabase(superuser).connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException failure) {
            throw Failure.of("The embedded PostgreSQL does not answer: " + failure.getMessage(), failure);
        }
    }

    private static DatabaseAddress inMaintenanceDatabase(DatabaseAddress address) {
        return new DatabaseAddress(
                address.url().replaceFirst("/" + DATABASE + "$", "/postgres"), address.user(), address.password());
    }
}
