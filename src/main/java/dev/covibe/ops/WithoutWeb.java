package dev.covibe.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.atomic.AtomicInteger;

/** The application for the length of one command: without its web side and its schedule, on the runtime role's database. */
public final class WithoutWeb {

    private WithoutWeb() {}

    /**
     * Boots the application on the configured database, or on the embedded one, and runs the command's part of it.
     *
     * @param purpose told to whoever wants the embedded database meanwhile, such as {@code covibe token}
     * @return the part's exit code
     * @throws Failure when the database or the settings do not allow it
     */
    public static int run(Environment environment, String purpose, Class<? extends QuarkusApplication> part) {
        environment.auth();
        if (environment.hasExternalDatabase()) {
            return boot(environment, environment.runtime().with("currentSchema", SchemaSetup.SCHEMA), part);
        }
        try (EmbeddedAccess access = EmbeddedAccess.open(environment, purpose)) {
            access.migrate();
            return boot(environment, access.runtime(), part);
        }
    }

    private static int boot(
            Environment environment, DatabaseAddress runtime, Class<? extends QuarkusApplication> part) {
        StartChecks.require(runtime);
        ServerSettings.connect(runtime, environment.secret());
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.scheduler.start-mode", "halted");
        System.setProperty("quarkus.log.console.stderr", "true");
        for (String category :
                new String[] {"level", "category.\"io.agroal\".level", "category.\"io.quarkus\".level"}) {
            System.setProperty("quarkus.log." + category, "ERROR");
        }
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(part, (code, failure) -> exitCode.set(failure == null ? code : ExitCodes.FAILED));
        return exitCode.get();
    }
}
