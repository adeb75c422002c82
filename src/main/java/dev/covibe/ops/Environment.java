package dev.covibe.ops;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the operator says before the server boots, read from environment variables. Reading a wrong value fails. */
public record Environment(Map<String, String> variables) {

    private static final int SECRET_LENGTH = 32;

    static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** The same with what {@code .env} files in the working directory add to it; what the process was given wins. */
    public Environment withFiles() {
        Map<String, String> all = new HashMap<>(EnvironmentFiles.read(Path.of("")));
        all.putAll(variables);
        return new Environment(Map.copyOf(all));
    }

    /** Where everything is kept that outlives the process; {@code .covibe} here unless COVIBE_DATA says otherwise. */
    Path data() {
        return Path.of(text("COVIBE_DATA").orElse(".covibe")).toAbsolutePath().normalize();
    }

    int port() {
        String text = text("PORT").orElse("8080");
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw Failure.usage("PORT must be a number from 1 to 65535, but is \"" + text + "\".");
        }
        return Integer.parseInt(text);
    }

    /** Where metrics are served; nowhere unless it is set. */
    Optional<Integer> managementPort() {
        return text("COVIBE_MANAGEMENT_PORT").map(text -> {
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
                throw Failure.usage(
                        "COVIBE_MANAGEMENT_PORT must be a number from 1 to 65535, but is \"" + text + "\".");
            }
            return Integer.parseInt(text);
        });
    }

    String host() {
        return text("COVIBE_HOST").orElse("127.0.0.1");
    }

    /** {@code local} or {@code workos}; local mode has no passwords, so it must never stand on a public address. */
    String auth() {
        String mode = text("COVIBE_AUTH").orElse("local");
        if (!mode.equals("local") && !mode.equals("workos")) {
            throw Failure.usage("COVIBE_AUTH must be local or workos, but is \"" + mode + "\".");
        }
        if (mode.equals("local") && text("COVIBE_HOSTED_URL").isPresent()) {
            throw Failure.of("Local mode signs anybody in without a password, so it refuses to serve "
                    + text("COVIBE_HOSTED_URL").get() + ": set COVIBE_AUTH=workos, or unset COVIBE_HOSTED_URL.");
        }
        return mode;
    }

    boolean isLocal() {
        return auth().equals("local");
    }

    boolean hasExternalDatabase() {
        return text("COVIBE_DATABASE_URL").isPresent();
    }

    /** What the server runs as in an external database. */
    DatabaseAddress runtime() {
        DatabaseAddress address = DatabaseAddress.parse(
                text("COVIBE_DATABASE_URL").orElseThrow(),
                text("COVIBE_DATABASE_USER").orElse(""),
                text("COVIBE_DATABASE_PASSWORD").orElse(""));
        if (address.user().isEmpty()) {
            throw Failure.of("COVIBE_DATABASE_URL is set, so COVIBE_DATABASE_USER must name the role that the server"
                    + " runs as.");
        }
        return address;
    }

    /** Who may migrate an external database. */
    DatabaseAddress owner() {
        String user = text("COVIBE_OWNER_DATABASE_USER")
                .orElseThrow(() -> Failure.of("Migrating needs a role that may: set COVIBE_OWNER_DATABASE_USER and"
                        + " COVIBE_OWNER_DATABASE_PASSWORD."));
        return runtime().as(user, text("COVIBE_OWNER_DATABASE_PASSWORD").orElse(""));
    }

    boolean migratesAtStart() {
        String text = text("COVIBE_MIGRATE_AT_START").orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw Failure.usage("COVIBE_MIGRATE_AT_START must be true or false, but is \"" + text + "\".");
        }
        return text.equals("true");
    }

    /** The key of every keyed hash. A local server makes its own; instances that share a database must be told one. */
    String secret() {
        Optional<String> given = text("COVIBE_SECRET");
        if (given.isPresent()) {
            if (given.get().length() < SECRET_LENGTH) {
                throw Failure.of("COVIBE_SECRET must have at least " + SECRET_LENGTH + " characters.");
            }
            return given.get();
        }
        if (!isLocal()) {
            throw Failure.of("COVIBE_SECRET is missing: set it to at least " + SECRET_LENGTH
                    + " random characters, the same on every instance.");
        }
        return PrivateFile.readOrMake(data().resolve("secret"));
    }

    /** What the variable says, stripped; empty for one that is blank. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
