package dev.covibe.ops.readiness;

import dev.covibe.ops.Doctor;
import dev.covibe.ops.Environment;
import dev.covibe.ops.ExitCodes;
import dev.covibe.ops.Failure;
import dev.covibe.ops.HostedOrigin;
import dev.covibe.ops.canary.Outcome;
import dev.covibe.ops.canary.Proof;
import jakarta.enterprise.inject.Vetoed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code covibe readiness}: the gates before a customer sees a deployment (OPS-5). */
@Vetoed // made by the command line, never by the container
@Command(
        name = "readiness",
        description = {
            "customer: the tests, the image and a rehearsal of it on this machine; needs Docker.",
            "hosted ORIGIN: production doctor and canary.",
            "handoff ORIGIN: a preflight of the origin, production doctor, customer, hosted.",
            "Ends at the first step that fails. .env files here are read; the process's own environment wins."
        })
public final class Readiness implements Callable<Integer> {

    enum Gate {
        customer,
        hosted,
        handoff
    }

    private final Environment process;

    @Parameters(index = "0", paramLabel = "GATE", description = "customer, hosted or handoff.")
    Gate gate;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ORIGIN",
            description = "Such as" + " https://co-vibe.example.com; COVIBE_HOSTED_URL where it is left out.")
    Optional<String> origin = Optional.empty();

    @Option(
            names = "--dockerfile",
            paramLabel = "FILE",
            description = "Of the hosted image (default: ${DEFAULT-VALUE}).")
    String dockerfile = "src/main/docker/Dockerfile.native";

    @Option(names = "--image", paramLabel = "NAME", description = "What it is called (default: ${DEFAULT-VALUE}).")
    String image = "covibe:readiness";

    @Option(
            names = "--rehearsal",
            description = "Allow this machine as the origin, with any certificate, and an emulator as WorkOS.")
    boolean rehearsed;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    private Environment environment;

    public Readiness(Environment environment) {
        this.process = environment;
    }

    @Override
    public Integer call() {
        environment = process.withFiles();
        CustomerRehearsal rehearsal =
                new CustomerRehearsal(environment, Path.of("").toAbsolutePath(), dockerfile, image, json);
        try {
            boolean passed =
                    switch (gate) {
                        case customer -> walk("customer readiness").take(rehearsal.steps());
                        case hosted -> walk("hosted readiness").take(hosted(origin()));
                        case handoff -> walk("customer handoff").take(handoff(origin(), rehearsal));
                    };
            return passed ? ExitCodes.FINE : ExitCodes.FAILED;
        } finally {
            rehearsal.cleanUp();
        }
    }

    private Walk walk(String passes) {
        return new Walk(passes, json, System.out);
    }

    /** Refused before anything is done. */
    private HostedOrigin origin() {
        String named = origin.or(() -> environment.text("COVIBE_HOSTED_URL")).orElse("");
        return rehearsed ? HostedOrigin.rehearsal(named) : HostedOrigin.parse(named);
    }

    private List<Step> hosted(HostedOrigin origin) {
        return List.of(
                doctor(origin),
                proof(
                        "canary",
                        "asks " + origin + " what a customer depends on",
                        origin,
                        proof -> proof.canary(line -> {})));
    }

    private List<Step> handoff(HostedOrigin origin, CustomerRehearsal rehearsal) {
        List<Step> steps = new ArrayList<>();
        steps.add(proof(
                "preflight",
                "asks " + origin + " the few things that fail fast",
                origin,
                proof -> proof.preflight(line -> {})));
        steps.add(doctor(origin));
        steps.addAll(rehearsal.steps());
        steps.addAll(hosted(origin));
        return steps;
    }

    private Step doctor(HostedOrigin origin) {
        return new Step("production doctor", "looks at the settings of production", () -> {
            List<String> failures = Doctor.productionFailures(environment, origin, rehearsed);
            if (!failures.isEmpty()) {
                throw Failure.of(String.join(" ", failures));
            }
            return "nothing is wrong";
        });
    }

    private Step proof(String name, String does, HostedOrigin origin, Function<Proof, Outcome> take) {
        return new Step(name, does, () -> {
            Outcome outcome =
                    take.apply(new Proof(origin, origin, environment.text("COVIBE_CANARY_TOKEN"), Proof.PATIENCE));
            List<String> failures = outcome.lines().stream()
                    .filter(line -> !line.passed())
                    .map(line -> line.probe() + ": " + line.says())
                    .toList();
            if (!failures.isEmpty()) {
                throw Failure.of(String.join(" ", failures));
            }
            return outcome.lines().size() + " probes, " + outcome.closing();
        });
    }
}
