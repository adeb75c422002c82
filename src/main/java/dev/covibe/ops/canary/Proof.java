package dev.covibe.ops.canary;

import dev.covibe.ops.Failure;
import dev.covibe.ops.HostedOrigin;
import dev.covibe.ops.Version;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a hosted server everything that a customer depends on (OPS-4). Probes go on after a failure, so that one run
 * names all that is wrong, but for a server that nobody reaches.
 *
 * @param origin where to ask
 * @param publicOrigin what the server must call itself; mostly the same
 * @param token an MCP token for the canary, which lets it see the tool list by name
 * @param patience how long one answer may take
 */
public record Proof(HostedOrigin origin, HostedOrigin publicOrigin, Optional<String> token, Duration patience) {

    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** All of it. Ends with {@code PASS hosted canary}. */
    public Outcome canary(Consumer<Outcome.Line> progress) {
        List<Probe> probes = new ArrayList<>(HealthProbes.all(Version.TEXT));
        probes.addAll(McpProbes.all(token));
        probes.add(CompanionProbe.probe());
        probes.addAll(SignInProbes.all());
        probes.addAll(ClosedDoorProbes.all());
        probes.addAll(ClosedDoorProbes.overAllAnswers());
        return take("hosted canary", probes, progress);
    }

    /** The few seconds' worth that is done before anything long. Ends with {@code PASS hosted preflight}. */
    public Outcome preflight(Consumer<Outcome.Line> progress) {
        List<Probe> probes = new ArrayList<>(HealthProbes.all(Version.TEXT));
        probes.add(McpProbes.withoutToken());
        probes.add(CompanionProbe.probe());
        return take("hosted preflight", probes, progress);
    }

    private Outcome take(String what, List<Probe> probes, Consumer<Outcome.Line> progress) {
        refusePrivateAddress();
        List<Outcome.Line> lines = new ArrayList<>();
        try (Remote remote = new Remote(origin, publicOrigin, patience)) {
            for (Probe probe : probes) {
                long began = System.nanoTime();
                Outcome.Line line;
                boolean reachable = true;
                try {
                    line = line(probe, true, probe.look().take(remote), began);
                } catch (Failure failure) {
                    line = line(probe, false, failure.getMessage(), began);
                } catch (Remote.Unreachable nobody) {
                    reachable = false;
                    line = line(probe, false, nobody.getMessage(), began);
                }
                lines.add(line);
                progress.accept(line);
                if (!reachable) {
                    break;
                }
            }
        }
        long failed = lines.stream().filter(line -> !line.passed()).count();
        return new Outcome(
                origin.text(),
                List.copyOf(lines),
                failed == 0 ? "PASS " + what : "FAIL " + what + ": " + failed + " of " + probes.size() + " probes");
    }

    private static Outcome.Line line(Probe probe, boolean passed, String says, long began) {
        return new Outcome.Line(probe.name(), passed, says, (System.nanoTime() - began) / 1_000_000);
    }

    /** A public name can still lead into a private network, where no customer can follow. */
    private void refusePrivateAddress() {
        if (origin.isLocal()) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(origin.host())) {
                if (HostedOrigin.isPrivate(address)) {
                    throw Failure.usage(origin.host() + " leads to " + address.getHostAddress()
                            + ", which is in a private network: customers cannot reach it.");
                }
            }
        } catch (UnknownHostException unknown) {
            // The first probe says so, with what to do.
        }
    }
}
