package dev.covibe.ops;

import dev.covibe.identity.oidc.Provider;
import dev.covibe.identity.oidc.Providers;
import dev.covibe.ops.HealthReport.Auth;
import dev.covibe.ops.HealthReport.Database;
import dev.covibe.ops.HealthReport.Maintenance;
import dev.covibe.ops.HealthReport.SchemaReport;
import dev.covibe.ops.HealthReport.Status;
import dev.covibe.ops.HealthReport.Tools;
import io.agroal.api.AgroalDataSource;
import io.quarkiverse.mcp.server.ToolManager;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Looks at what users depend on. Anybody may ask, so the database is asked at most once a second. */
@ApplicationScoped
class Health {

    static final Duration FRESH = Duration.ofSeconds(1);

    private record Look(Instant at, Database database) {}

    private final AgroalDataSource dataSource;
    private final ToolManager tools;
    private final String auth;
    private final Provider provider;
    private Look last = new Look(Instant.MIN, new Database(false, Optional.empty(), List.of()));

    Health(
            AgroalDataSource dataSource,
            ToolManager tools,
            @ConfigProperty(name = "covibe.auth", defaultValue = "local") String auth,
            Providers providers) {
        this.dataSource = dataSource;
        this.tools = tools;
        this.auth = auth;
        this.provider = providers.provider();
    }

    HealthReport report() {
        Database database = database();
        List<String> toolNames = new ArrayList<>();
        tools.forEach(tool -> toolNames.add(tool.name()));
        Optional<String> unavailable = !auth.equals("local") && provider instanceof Provider.Incomplete incomplete
                ? Optional.of("sign-in is blocked: " + incomplete.wants())
                : Optional.empty();
        return new HealthReport(
                database.isFine() && unavailable.isEmpty() ? Status.ok : Status.failing,
                Version.TEXT,
                new Auth(auth, unavailable),
                database,
                new Tools(toolNames.size(), ToolSurface.digest(toolNames)),
                new Maintenance(database.lateChores()));
    }

    synchronized Database database() {
        Instant now = Instant.now();
        if (last.at().isBefore(now.minus(FRESH))) {
            last = new Look(now, look());
        }
        return last.database();
    }

    private Database look() {
        try (Connection connection = dataSource.getConnection()) {
            SchemaState schema = SchemaState.of(connection);
            return new Database(
                    true,
                    Optional.of(SchemaReport.of(schema)),
                    schema.isComplete() ? LateChores.of(connection) : List.of());
        } catch (SQLException failure) {
            Log.warnf("The database cannot be asked: %s", failure.getMessage());
            return new Database(false, Optional.empty(), List.of());
        }
    }
}
