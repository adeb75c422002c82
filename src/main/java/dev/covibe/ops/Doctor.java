package dev.covibe.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code covibe doctor}: looks at everything a server needs and says of each line what would mend it (OPS-2). */
@Vetoed // made by the command line, never by the container
@Command(
        name = "doctor",
        description = {
            "Check what the server needs; exit 1 when something is wrong.",
            "With --production what a hosted one needs, from the environment and the .env files here."
        })
public final class Doctor implements Callable<Integer> {

    private final Environment environment;

    @Option(names = "--production", description = "Check what a hosted server needs.")
    boolean production;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Parameters(
            arity = "0..1",
            paramLabel = "ORIGIN",
            description = "The origin that the settings must name, with --production.")
    Optional<String> origin = Optional.empty();

    Doctor(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (origin.isPresent() && !production) {
            throw Failure.usage("An origin is looked at with --production only.");
        }
        List<Finding> findings = production
                ? Examination.ofProduction(environment.withFiles(), origin, false)
                : new Examination(environment).findings();
        long failures = findings.stream().filter(Finding::isFailure).count();
        if (json) {
            ArrayNode lines = new ObjectMapper().createArrayNode();
            findings.forEach(finding -> lines.addObject()
                    .put("what", finding.what())
                    .put("level", finding.level().name().toLowerCase(Locale.ROOT))
                    .put("says", finding.says()));
            System.out.println(lines.toPrettyString());
        } else {
            findings.forEach(finding -> System.out.println(finding.text()));
            System.out.println(failures == 0 ? "Nothing is wrong." : failures + " to mend.");
        }
        return failures == 0 ? ExitCodes.FINE : ExitCodes.FAILED;
    }

    /**
     * What production's doctor would call a failure for this origin, one sentence each; empty when nothing is wrong.
     *
     * @param rehearsal whether the origin may be this machine
     */
    public static List<String> productionFailures(Environment environment, HostedOrigin origin, boolean rehearsal) {
        return Examination.ofProduction(environment, Optional.of(origin.text()), rehearsal).stream()
                .filter(Finding::isFailure)
                .map(finding -> finding.what() + ": " + finding.says())
                .toList();
    }
}
