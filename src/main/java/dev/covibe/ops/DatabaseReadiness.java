package dev.covibe.ops;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** Feeds {@code /q/health/ready} and {@code /q/health/started} from the same look as {@code /api/health}. */
@Readiness
@Startup
class DatabaseReadiness implements HealthCheck {

    private final Health health;

    DatabaseReadiness(Health health) {
        this.health = health;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database and schema")
                .status(health.database().isFine())
                .build();
    }
}
