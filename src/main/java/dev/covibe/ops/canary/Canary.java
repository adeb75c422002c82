package dev.covibe.ops.canary;

import dev.covibe.ops.Environment;
import dev.covibe.ops.ExitCodes;
import dev.covibe.ops.Failure;
import dev.covibe.ops.HostedOrigin;
import jakarta.enterprise.inject.Vetoed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code covibe canary}: the proof of a deployment from the outside (OPS-4). Needs no database and boots nothing. */
@Vetoed // made by the command line, never by the container
@Command(
        name = "canary",
        description = {
            "Ask a hosted server everything that a customer depends on; exit 1 when something is wrong.",
            "COVIBE_CANARY_TOKEN, an MCP token, lets it see the tool list by name as well."
        })
public final class Canary implements Callable<Integer> {

    private final Environment process;

    @Parameters(
            arity = "0..1",
            paramLabel = "ORIGIN",
            description = "Such as https://co-vibe.example.com;" + " COVIBE_HOSTED_URL where it is left out.")
    Optional<String> origin = Optional.empty();

    @Option(
            names = "--rehearsal",
            description = "Allow this machine: over HTTP, or HTTPS with any certificate, and an emulator as WorkOS.")
    boolean rehearsal;

    @Option(
            names = "--public-origin",
            paramLabel = "ORIGIN",
            description = "What the server must call itself, where it is asked at another address: a revision"
                    + " that has no traffic yet, or a container in a rehearsal.")
    Optional<String> publicOrigin = Optional.empty();

    @Option(names = "--preflight", description = "Only health, the tools, the refusal of strangers and the package.")
    boolean preflight;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "For each answer (default: 10).")
    int timeout = (int) Proof.PATIENCE.toSeconds();

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    public Canary(Environment environment) {
        this.process = environment;
    }

    @Override
    public Integer call() {
        if (timeout < 1 || timeout > 300) {
            throw Failure.usage("--timeout must be from 1 to 300 seconds.");
        }
        Environment environment = process.withFiles();
        HostedOrigin asked =
                origin(origin.or(() -> environment.text("COVIBE_HOSTED_URL")).orElse(""));
        Proof proof = new Proof(
                asked,
                publicOrigin.map(this::origin).orElse(asked),
                environment.text("COVIBE_CANARY_TOKEN"),
                Duration.ofSeconds(timeout));
        Outcome outcome = preflight ? proof.preflight(this::show) : proof.canary(this::show);
        System.out.println(json ? outcome.json().toPrettyString() : outcome.closing());
        return outcome.passed() ? ExitCodes.FINE : ExitCodes.FAILED;
    }

    private HostedOrigin origin(String text) {
        return rehearsal ? HostedOrigin.rehearsal(text) : HostedOrigin.parse(text);
    }

    private void show(Outcome.Line line) {
        if (!json) {
            System.out.println(line.text());
        }
    }
}
