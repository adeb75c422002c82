package dev.covibe.ops;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What must be true before anybody is served, in every mode: a role that row security binds (PLT-4) and the schema that
 * this build was written for (OPS-1).
 */
final class StartChecks {

    private StartChecks() {}

    /** @throws Failure naming what is wrong and how to mend it */
    static void require(DatabaseAddress runtime) {
        try (Connection connection = runtime.connect()) {
            RuntimeRoleState role = RuntimeRoleState.of(connection);
            if (!role.isFit()) {
                throw Failure.of("The server refuses to run as the database role " + role.role() + ", which "
                        + String.join(" and ", role.faults())
                        + ": row security would not bind it. Let COVIBE_DATABASE_USER name a role of its own and run"
                        + " `covibe migrate`, which creates or repairs it.");
            }
            SchemaState schema = SchemaState.of(connection);
            if (!schema.isComplete()) {
                throw Failure.of("The database " + runtime.place() + " does not have the schema that this version needs"
                        + " (missing: " + schema.missing() + "): run `covibe migrate` first.");
            }
        } catch (SQLException failure) {
            throw ConnectFailures.explain(runtime, failure);
        }
    }
}
