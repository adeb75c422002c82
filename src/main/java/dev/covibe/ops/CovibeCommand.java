package dev.covibe.ops;

import dev.covibe.ops.backup.BackupCommand;
import dev.covibe.ops.backup.RestoreCommand;
import dev.covibe.ops.canary.Canary;
import dev.covibe.ops.maintain.Maintain;
import dev.covibe.ops.readiness.Readiness;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line as a whole. Exit codes: 0 fine, 1 a check or the work failed, 2 wrong usage. */
@Vetoed // made by the command line, never by the container
@Command(
        name = "covibe",
        description = "One shared server where a team and its coding agents plan, run, watch and measure their work.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CovibeCommand implements Callable<Integer> {

    private final Environment environment;

    private CovibeCommand(Environment environment) {
        this.environment = environment;
    }

    static int run(Environment environment, String... arguments) {
        if (arguments.length == 0 || List.of(arguments).equals(List.of("serve"))) {
            return serve(environment);
        }
        CommandLine commandLine = new CommandLine(new CovibeCommand(environment))
                .addSubcommand(new Serve(environment))
                .addSubcommand(new Migrate(environment))
                .addSubcommand(new Doctor(environment))
                .addSubcommand(new Token(environment))
                .addSubcommand(new BackupCommand(environment))
                .addSubcommand(new RestoreCommand(environment))
                .addSubcommand(new Canary(environment))
                .addSubcommand(new Readiness(environment))
                .addSubcommand(new Maintain(environment))
                .addSubcommand(new Demo(environment))
                .addSubcommand(new OpenApi())
                .setExecutionExceptionHandler(CovibeCommand::explain);
        return commandLine.execute(arguments);
    }

    /** What picocli would do, without what it does first: a tenth of the start goes into learning all commands. */
    private static int serve(Environment environment) {
        try {
            return new Serve(environment).call();
        } catch (Failure failure) {
            return explain(failure);
        } catch (RuntimeException unforeseen) {
            unforeseen.printStackTrace();
            return ExitCodes.FAILED;
        }
    }

    /** Without a command the server serves, as a container expects. */
    @Override
    public Integer call() {
        return new Serve(environment).call();
    }

    private static int explain(Exception exception, CommandLine commandLine, CommandLine.ParseResult parsed)
            throws Exception {
        if (exception instanceof Failure failure) {
            return explain(failure);
        }
        throw exception;
    }

    private static int explain(Failure failure) {
        System.err.println(failure.getMessage());
        return failure.exitCode();
    }
}
