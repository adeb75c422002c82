package dev.covibe.ops;

import dev.covibe.ops.LocalDatabase.Durability;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The embedded database for the length of one command: the one that a server is running now, or, when none is, one
 * that is started for the command and stopped after it.
 */
final class EmbeddedAccess implements AutoCloseable {

    private static final String RUNTIME_ROLE = "covibe_app";

    private final Optional<Instance> instance;
    private final Optional<LocalDatabase.Running> started;
    private final DatabaseAddress superuser;
    private final DatabaseAddress runtime;

    private EmbeddedAccess(
            Path data,
            DatabaseAddress superuser,
            Optional<Instance> instance,
            Optional<LocalDatabase.Running> started) {
        this.superuser = superuser;
        this.runtime = runtime(superuser, data);
        this.instance = instance;
        this.started = started;
    }

    static EmbeddedAccess open(Environment environment, String purpose) {
        Path data = environment.data();
        LocalDatabase database = LocalDatabase.require();
        Optional<Instance> instance = Instance.tryTake(data, purpose);
        if (instance.isEmpty()) {
            DatabaseAddress running = database.running(data)
                    .orElseThrow(() -> Failure.of("Another process on " + data
                            + " is just starting or stopping its database: try again in a moment."));
            return new EmbeddedAccess(data, running, Optional.empty(), Optional.empty());
        }
        try {
            LocalDatabase.Running running = database.start(data, Durability.KEPT, System.err::println);
            return new EmbeddedAccess(data, running.superuser(), instance, Optional.of(running));
        } catch (RuntimeException failure) {
            instance.get().close();
            throw failure;
        }
    }

    /** What the server runs as in an embedded database; its password is made once and kept in the data directory. */
    static DatabaseAddress runtime(DatabaseAddress superuser, Path data) {
        return superuser
                .as(RUNTIME_ROLE, PrivateFile.readOrMake(data.resolve("runtime-password")))
                .with("currentSchema", SchemaSetup.SCHEMA);
    }

    /** Brings a database that was just started, or an older server's, to this build's schema. */
    void migrate() {
        if (!SchemaSetup.isCurrent(superuser)) {
            SchemaSetup.apply(superuser, runtime, System.err::println);
        }
    }

    DatabaseAddress superuser() {
        return superuser;
    }

    DatabaseAddress runtime() {
        return runtime;
    }

    @Override
    public void close() {
        started.ifPresent(LocalDatabase.Running::close);
        instance.ifPresent(Instance::close);
    }
}
