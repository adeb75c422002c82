package dev.covibe.ops.readiness;

import dev.covibe.ops.Environment;
import dev.covibe.ops.Failure;
import dev.covibe.ops.HostedOrigin;
import dev.covibe.ops.canary.Outcome;
import dev.covibe.ops.canary.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that a customer will meet, here (OPS-5): the tests, the very image, the image without settings, the image in
 * WorkOS mode on a database of its own, and the canary on that. What can end the walk at once is looked at first.
 */
final class CustomerRehearsal {

    private static final long ENOUGH_DISK = 12L << 30;
    private static final Duration SHORT = Duration.ofMinutes(2);
    private static final Duration LONG = Duration.ofMinutes(90);

    private final Environment environment;
    private final Path checkout;
    private final String dockerfile;
    private final String image;
    private final boolean quiet;
    private final Docker docker;
    private final RehearsalContainers containers;

    /**
     * @param checkout where the launcher and the image's description are
     * @param dockerfile of the image, below the checkout
     * @param image what the image is called once it is built
     */
    CustomerRehearsal(Environment environment, Path checkout, String dockerfile, String image, boolean quiet) {
        this.environment = environment;
        this.checkout = checkout;
        this.dockerfile = dockerfile;
        this.image = image;
        this.quiet = quiet;
        this.docker = new Docker(environment, !quiet);
        this.containers = new RehearsalContainers(docker, environment, image);
    }

    List<Step> steps() {
        return List.of(
                new Step("disk", "looks for room for the image", this::disk),
                new Step("docker", "asks the Docker daemon", () -> "Docker " + docker.daemon()),
                new Step("WorkOS settings", "looks for what sign-in needs", this::workos),
                new Step("tests", "runs every test, which takes many minutes", this::tests),
                new Step("image", "builds the hosted image, once, which takes many minutes", this::build),
                new Step("fail-closed container", "starts the image without its settings", this::failClosed),
                new Step("WorkOS-mode container", "starts the image as in production", containers::start),
                new Step("canary rehearsal", "asks that container what the canary asks", this::canary));
    }

    /** Takes away what the steps have started. */
    void cleanUp() {
        containers.close();
    }

    private String disk() {
        try {
            long free = Files.getFileStore(checkout).getUsableSpace();
            if (free < ENOUGH_DISK) {
                throw Failure.of(
                        (free >> 30) + " GiB are free below " + checkout + ", and the image and the tests need "
                                + (ENOUGH_DISK >> 30) + ": make room, for example with `docker system prune`.");
            }
            return (free >> 30) + " GiB free";
        } catch (IOException failure) {
            throw Failure.of(
                    "The disk of " + checkout + " cannot be looked at (" + failure.getMessage() + ").", failure);
        }
    }

    private String workos() {
        List<String> missing = Stream.of("WORKOS_CLIENT_ID", "WORKOS_API_KEY", "WORKOS_AUTHKIT_DOMAIN")
                .filter(name -> environment.text(name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw Failure.of(String.join(", ", missing) + (missing.size() == 1 ? " is" : " are")
                    + " missing: set them, or write them into .env.local.");
        }
        return "client, key and AuthKit domain are set";
    }

    private String tests() {
        Path launcher = checkout.resolve("covibe");
        if (!Files.isExecutable(launcher)) {
            throw Failure.of(checkout + " is no checkout of Co-Vibe: call this where the launcher is.");
        }
        Program.Ended ended = Program.of(launcher, environment, !quiet).run(LONG, List.of("test"));
        if (!ended.well()) {
            throw Failure.of(
                    ended.exitCode().isEmpty()
                            ? "The tests did not end within " + LONG.toMinutes() + " min."
                            : "`./covibe test` failed (" + ended.lastLine() + "): mend what it names.");
        }
        return ended.lastLine();
    }

    private String build() {
        if (!Files.exists(checkout.resolve(dockerfile))) {
            throw Failure.of(dockerfile + " is not in " + checkout + ": name the image's file with --dockerfile.");
        }
        docker.must(
                "read the lines above; the last step is the one that failed.",
                LONG,
                "build",
                "-f",
                checkout.resolve(dockerfile).toString(),
                "-t",
                image,
                checkout.toString());
        return image;
    }

    /** Without settings the server must end, say what is missing, and never serve. */
    private String failClosed() {
        List<String> proved = new ArrayList<>();
        for (Refused refused : List.of(
                new Refused("without a secret and a database", "COVIBE_", "-e", "COVIBE_AUTH=workos"),
                new Refused(
                        "in local mode on a public origin",
                        "COVIBE_AUTH",
                        "-e",
                        "COVIBE_AUTH=local",
                        "-e",
                        "COVIBE_HOSTED_URL=https://co-vibe.example.com"))) {
            List<String> arguments = new ArrayList<>(List.of("run", "--rm"));
            arguments.addAll(refused.options());
            arguments.add(image);
            Program.Ended ended = docker.may(SHORT, arguments.toArray(String[]::new));
            if (ended.exitCode().isEmpty() || ended.well()) {
                throw Failure.of("The container serves " + refused.how() + ": it must refuse to start.");
            }
            if (!ended.text().contains(refused.names())) {
                throw Failure.of("The container ends " + refused.how() + " without saying what to set ("
                        + ended.lastLine() + ").");
            }
            proved.add(refused.how());
        }
        return "refuses to start " + String.join(", and ", proved);
    }

    private record Refused(String how, String names, List<String> options) {
        private Refused(String how, String names, String... options) {
            this(how, names, List.of(options));
        }
    }

    private String canary() {
        HostedOrigin address = containers.address();
        Outcome outcome =
                new Proof(address, containers.publicOrigin(), Optional.empty(), Proof.PATIENCE).canary(line -> {});
        List<String> failures = outcome.lines().stream()
                .filter(line -> !line.passed())
                .map(line -> line.probe() + ": " + line.says())
                .toList();
        if (!failures.isEmpty()) {
            throw Failure.of(String.join(" ", failures));
        }
        return outcome.lines().size() + " probes";
    }
}
