package dev.covibe.ops;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/** What the public may know of the server's state (OPS-1): aggregate, no addresses, no names of people or places. */
record HealthReport(Status status, String version, Auth auth, Database database, Tools mcp, Maintenance maintenance) {

    enum Status {
        ok,
        failing
    }

    /** @param unavailable why nobody can sign in, when nobody can */
    record Auth(String mode, Optional<String> unavailable) {}

    /**
     * @param schema empty when the database cannot be asked
     * @param lateChores told by {@link Maintenance} and not here
     */
    record Database(
            boolean reachable,
            Optional<SchemaReport> schema,
            @JsonIgnore List<String> lateChores) {

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

    /** @param surface digest of the tools' names, see {@link ToolSurface} */
    record Tools(int tools, String surface) {}

    /** @param late pieces of background work that have not succeeded for too long; users are served all the same */
    record Maintenance(List<String> late) {}
}
