package dev.covibe.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Hands the tests' database to Quarkus: migrated as its owner, used as the role that the server runs as. */
public final class PostgresResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.datasource.jdbc.url", TestDatabase.counted().url(),
                "quarkus.datasource.username", TestDatabase.runtime().user(),
                "quarkus.datasource.password", TestDatabase.runtime().password());
    }

    @Override
    public void stop() {
        // The database lives as long as the JVM, so that every start of Quarkus within it finds the same one.
    }
}
