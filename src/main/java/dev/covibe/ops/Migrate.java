package dev.covibe.ops;

import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code covibe migrate}: brings the database to what this build expects (OPS-3). */
@Vetoed // made by the command line, never by the container
@Command(
        name = "migrate",
        description = {
            "Bring the database to what this version expects: roles, schema, migrations, grants.",
            "An external database needs COVIBE_DATABASE_* for the server's role and COVIBE_OWNER_DATABASE_* for one that"
                    + " may create roles or owns the schema. Safe to repeat, and to run twice at once."
        })
final class Migrate implements Callable<Integer> {

    private final Environment environment;

    @Option(names = "--check", description = "Only say what would be done; exit 1 when that is anything.")
    boolean check;

    Migrate(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (environment.hasExternalDatabase()) {
            return bring(environment.owner(), environment.runtime());
        }
        try (EmbeddedAccess access = EmbeddedAccess.open(environment, "covibe migrate")) {
            return bring(access.superuser(), access.runtime());
        }
    }

    private int bring(DatabaseAddress owner, DatabaseAddress runtime) {
        if (check) {
            List<String> steps = SchemaSetup.plan(owner, runtime);
            steps.forEach(step -> System.out.println("would " + step));
            System.out.println(steps.isEmpty() ? "Nothing to do." : "Run `covibe migrate` to do this.");
            return steps.isEmpty() ? ExitCodes.FINE : ExitCodes.FAILED;
        }
        List<String> steps = SchemaSetup.apply(owner, runtime, System.out::println);
        steps.forEach(step -> System.out.println("done: " + step));
        System.out.println(steps.isEmpty() ? "Nothing to do." : "The database is ready.");
        return ExitCodes.FINE;
    }
}
