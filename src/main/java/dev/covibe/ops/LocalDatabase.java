package dev.covibe.ops;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * A PostgreSQL that the server carries with it (PLT-1). Looked up by {@link ServiceLoader}: hosted artifacts are built
 * without one.
 */
public interface LocalDatabase {

    /** Whether data survives a power cut. Tests want none of that. */
    enum Durability {
        KEPT,
        DISPOSABLE
    }

    /** Someone who may do everything in it, and the database itself. Never what the application runs as. */
    interface Running extends AutoCloseable {

        DatabaseAddress superuser();

        /** Stops the database and waits until it has stopped. */
        @Override
        void close();
    }

    /**
     * Starts the database whose data lies under {@code home}, making it first where there is none, or takes over one
     * that a killed server left running.
     *
     * @param progress is told in short sentences what takes long
     * @throws Failure when it cannot be started, saying why
     */
    Running start(Path home, Durability durability, Consumer<String> progress);

    /** The database under {@code home} if it is running now. */
    Optional<DatabaseAddress> running(Path home);

    /** Stops the database under {@code home} if it runs, and deletes its data for good. */
    void delete(Path home);

    static Optional<LocalDatabase> find() {
        return ServiceLoader.load(LocalDatabase.class, LocalDatabase.class.getClassLoader())
                .findFirst();
    }

    /** @throws Failure when this build carries none */
    static LocalDatabase require() {
        return find().orElseThrow(() -> Failure.of("This build carries no database of its own:"
                + " set COVIBE_DATABASE_URL, COVIBE_DATABASE_USER and COVIBE_DATABASE_PASSWORD."));
    }
}
