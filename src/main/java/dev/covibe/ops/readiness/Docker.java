package dev.covibe.ops.readiness;

import dev.covibe.ops.Environment;
import dev.covibe.ops.Failure;
import java.time.Duration;
import java.util.List;

/** Docker, as the steps of a customer rehearsal need it. */
final class Docker {

    private final Environment environment;
    private final boolean aloud;

    /** @param aloud whether builds are shown line by line */
    Docker(Environment environment, boolean aloud) {
        this.environment = environment;
        this.aloud = aloud;
    }

    private Program program(boolean shown) {
        return Program.find("docker", environment, shown && aloud)
                .orElseThrow(
                        () -> Failure.of("There is no docker on the PATH: install Docker, or run this where it is."));
    }

    /** The version of the daemon. */
    String daemon() {
        Program.Ended ended =
                program(false).run(Duration.ofSeconds(20), List.of("version", "--format", "{{.Server.Version}}"));
        if (!ended.well()) {
            throw Failure.of("The Docker daemon does not answer (" + ended.lastLine()
                    + "): start it, and let this account use it.");
        }
        return ended.lastLine();
    }

    /** Runs to the end and must succeed. */
    Program.Ended must(String otherwise, Duration patience, String... arguments) {
        Program.Ended ended = program(true).run(patience, List.of(arguments));
        if (ended.exitCode().isEmpty()) {
            throw Failure.of(
                    "`docker " + arguments[0] + "` did not end within " + patience.toMinutes() + " min: " + otherwise);
        }
        if (!ended.well()) {
            throw Failure.of("`docker " + arguments[0] + "` ended with "
                    + ended.exitCode().get() + " (" + ended.lastLine() + "): " + otherwise);
        }
        return ended;
    }

    /** Runs to the end, however it ends. */
    Program.Ended may(Duration patience, String... arguments) {
        return program(false).run(patience, List.of(arguments));
    }
}
