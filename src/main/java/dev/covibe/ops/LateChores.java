package dev.covibe.ops;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Pieces of background work that have not succeeded for too long (OPS-15): three times as long as they should, and two hours. */
final class LateChores {

    private LateChores() {}

    /** Names of the late ones. The schema must be complete. */
    static List<String> of(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                        select chore from %s.maintenance_runs
                         where coalesce(succeeded_at, known_since) < now() - greatest(every * 3, interval '2 hours')
                         order by chore
                        """.formatted(SchemaSetup.SCHEMA));
                ResultSet results = statement.executeQuery()) {
            List<String> late = new ArrayList<>();
            while (results.next()) {
                late.add(results.getString(1));
            }
            return late;
        }
    }
}
