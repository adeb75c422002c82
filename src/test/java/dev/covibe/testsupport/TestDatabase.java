package dev.covibe.testsupport;

import dev.covibe.ops.DatabaseAddress;
import dev.covibe.ops.LocalDatabase;
import dev.covibe.ops.LocalDatabase.Durability;
import dev.covibe.ops.SchemaSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One real PostgreSQL per JVM of tests, made by the very code that makes a user's. Nothing in it survives the JVM.
 *
 * <p>Quarkus loads test classes more than once, so what is running is remembered in system properties.
 */
public final class TestDatabase {

    private static final String SUPERUSER_PASSWORD = "dev.covibe.test.superuser-password";
    private static final String URL = "dev.covibe.test.database-url";
    private static final String RELAY_PORT = "dev.covibe.test.relay-port";
    private static final String ROUND_TRIPS = "dev.covibe.test.round-trips";
    private static final String RUNTIME_PASSWORD = "runtime-role-of-tests";
    private static final AtomicInteger NEXT = new AtomicInteger();

    private TestDatabase() {}

    /** Who may do everything: only for looking at what the server itself must not see. */
    public static synchronized DatabaseAddress superuser() {
        synchronized (System.getProperties()) {
            if (System.getProperty(URL) == null) {
                start();
            }
            return new DatabaseAddress(System.getProperty(URL), "postgres", System.getProperty(SUPERUSER_PASSWORD));
        }
    }

    /** What the server runs as. */
    public static DatabaseAddress runtime() {
        return superuser().as("covibe_app", RUNTIME_PASSWORD).with("currentSchema", "covibe");
    }

    /** The same through a relay that counts: what the tests' own server uses. */
    public static DatabaseAddress counted() {
        DatabaseAddress runtime = runtime();
        return new DatabaseAddress(
                runtime.url().replaceFirst(":\\d+/", ":" + System.getProperty(RELAY_PORT) + "/"),
                runtime.user(),
                runtime.password());
    }

    /** How often the tests' own server has waited for the database since it was started. */
    public static long roundTrips() {
        return Long.getLong(ROUND_TRIPS, 0);
    }

    /** A new, empty database beside the one that Quarkus uses, for tests that change the schema. */
    public static DatabaseAddress empty() {
        String name = "empty_" + ProcessHandle.current().pid() + "_" + NEXT.incrementAndGet() + "_" + System.nanoTime();
        DatabaseAddress superuser = superuser();
        execute(superuser, "create database " + name);
        return new DatabaseAddress(
                superuser.url().replaceFirst("/[a-z]+$", "/" + name), superuser.user(), superuser.password());
    }

    /** Runs one statement outside of everything. */
    public static void execute(DatabaseAddress address, String sql) {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** The number that a query of one number finds, seen without row security. */
    public static long count(String sql) {
        return Long.parseLong(text(sql));
    }

    /** The first column of the first row that a query finds, seen without row security. */
    public static String text(String sql) {
        try (Connection connection = superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            results.next();
            return results.getString(1);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    private static void start() {
        Path home = Path.of("target", "test-database").toAbsolutePath();
        LocalDatabase database = LocalDatabase.require();
        database.delete(home);
        LocalDatabase.Running running = database.start(home, Durability.DISPOSABLE, message -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        System.setProperty(URL, running.superuser().url());
        System.setProperty(SUPERUSER_PASSWORD, running.superuser().password());
        SchemaSetup.apply(running.superuser(), runtime(), message -> {});
        relay(URI.create(running.superuser().url().replaceFirst("^jdbc:", "")).getPort());
    }

    private static void relay(int databasePort) {
        try {
            DatabaseRelay relay = new DatabaseRelay(databasePort, TestDatabase::count);
            System.setProperty(RELAY_PORT, Integer.toString(relay.port()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static synchronized void count() {
        System.setProperty(ROUND_TRIPS, Long.toString(roundTrips() + 1));
    }
}
