package dev.covibe.ops;

import java.util.List;
import java.util.Optional;

/** What the public may know of the server's state (OPS-1): aggregate, no addresses, no names of people or places. */
record HealthReport(Status status, String version, Auth auth, Database database, Tools mcp) {

    enum Status {
        ok,
        failing
    }

    /** @param unavailable why nobody can sign in, when nobody can */
    record Auth(String mode, Optional<String> unavailable) {}

    /** @param schema empty when the database cannot be asked */
    record Database(boolean reachable, Optional<SchemaReport> schema) {

        boolean isFine() {
            return schema.map(SchemaReport::complete).orElse(false);
        }
    }

    record SchemaReport(
            boolean complete,
            String migration,
            List<String> missingMigrations,
            List<String> missingTables,
            List<String> missingColumns) {

        static SchemaReport of(SchemaState state) {
            return new SchemaReport(
                    state.isComplete(),
                    state.migration().orElse("none"),
                    state.missingMigrations(),
                    state.missingTables(),
                    state.missingColumns());
        }
    }

    record Tools(int tools) {}
}
