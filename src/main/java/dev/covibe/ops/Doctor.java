package dev.covibe.ops;

import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code covibe doctor}: looks at everything a server needs and says of each line what would mend it (OPS-2). */
@Vetoed // made by the command line, never by the container
@Command(name = "doctor", description = "Check what the server needs; exit 1 when something is wrong.")
final class Doctor implements Callable<Integer> {

    private final Environment environment;

    Doctor(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        List<Finding> findings = new Examination(environment).findings();
        findings.forEach(finding -> System.out.println(finding.text()));
        long failures = findings.stream()
                .filter(finding -> finding.level() == Finding.Level.FAILURE)
                .count();
        System.out.println(failures == 0 ? "Nothing is wrong." : failures + " to mend.");
        return failures == 0 ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
