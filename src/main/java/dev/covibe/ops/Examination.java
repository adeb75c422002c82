package dev.covibe.ops;

import dev.covibe.identity.oidc.Provider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code doctor} looks at, on the machine of a local server or before a hosted one. Changes nothing and starts nothing. */
final class Examination {

    private static final long ENOUGH_BYTES = 1L << 30;
    private static final int JAVA = 25;

    private final Environment environment;
    private final List<Finding> findings = new ArrayList<>();

    Examination(Environment environment) {
        this.environment = environment;
    }

    List<Finding> findings() {
        java();
        guarded("settings", this::settings);
        guarded("disk", this::disk);
        guarded("database", this::database);
        guarded("server", this::server);
        return List.copyOf(findings);
    }

    /**
     * @param origin the origin that the settings must name, where the operator says one
     * @param rehearsal whether that may be this machine
     */
    static List<Finding> ofProduction(Environment environment, Optional<String> origin, boolean rehearsal) {
        Examination examination = new Examination(environment);
        examination.java();
        examination.guarded(
                "settings",
                () -> examination.findings.addAll(new HostedSettings(environment, origin, rehearsal).findings()));
        examination.guarded("disk", examination::disk);
        examination.guarded("uploads", examination::uploads);
        examination.guarded("database", examination::hostedDatabase);
        examination.findings.addAll(BuildContents.findings());
        return List.copyOf(examination.findings);
    }

    private void java() {
        int version = Runtime.version().feature();
        findings.add(
                version >= JAVA
                        ? Finding.ok("java", Runtime.version().toString())
                        : Finding.failure("java", version + " is too old: install a JDK " + JAVA + "."));
    }

    private void settings() {
        findings.add(environment.isLocal() ? Finding.ok("sign-in", "local mode") : signIn());
        if (!environment.isLocal()) {
            environment
                    .text("COVIBE_HOSTED_URL")
                    .flatMap(url -> Provider.wrongCallback(url, environment.host(), environment.port()))
                    .ifPresent(warning -> findings.add(Finding.warning("callback", warning)));
        }
        if (environment.isLocal() && !environment.host().startsWith("127.")) {
            findings.add(Finding.warning(
                    "address",
                    environment.host() + " is open to the network, and local mode has no passwords: do this on a LAN"
                            + " that you trust, or unset COVIBE_HOST."));
        }
        if (environment.text("COVIBE_SECRET").isPresent() || !environment.isLocal()) {
            environment.secret();
            findings.add(Finding.ok("secret", "COVIBE_SECRET is long enough"));
        }
    }

    private Finding signIn() {
        return switch (Provider.of(name -> environment.text(Provider.variable(name)))) {
            case Provider.Workos workos ->
                Finding.ok("sign-in", "WorkOS, people come back to " + workos.origin() + Provider.CALLBACK);
            case Provider.Standard standard ->
                Finding.ok(
                        "sign-in",
                        standard.issuer() + ", people come back to " + standard.origin() + Provider.CALLBACK);
            case Provider.Incomplete incomplete -> Finding.failure("sign-in", "blocked: " + incomplete.wants() + ".");
        };
    }

    private void disk() throws IOException {
        Path data = environment.data();
        Path existing = data;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isWritable(existing)) {
            findings.add(Finding.failure(
                    "data", existing + " is not writable: change its owner, or set COVIBE_DATA to another directory."));
            return;
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        String says = data + ", " + (free >> 20) + " MiB free";
        findings.add(
                free >= ENOUGH_BYTES
                        ? Finding.ok("data", says)
                        : Finding.warning("data", says + ": less than 1 GiB is little, make room."));
    }

    private void uploads() {
        Optional<String> told = environment.text("COVIBE_UPLOAD_DIR");
        if (told.isEmpty()) {
            findings.add(Finding.warning(
                    "uploads",
                    "COVIBE_UPLOAD_DIR is not set, so photos of people are kept in "
                            + environment.data().resolve("uploads")
                            + ", for as long as that is kept: name a directory that outlives the server and that all"
                            + " servers share, such as a mounted bucket."));
            return;
        }
        Path directory = Path.of(told.get());
        findings.add(
                Uploads.canBeKeptIn(directory)
                        ? Finding.ok("uploads", directory + " is writable; it must outlive the container")
                        : Finding.failure(
                                "uploads",
                                directory
                                        + " is not a directory that this account can write to: make it, or mount it."));
    }

    /** An operator's machine mostly cannot reach the database; then the canary asks the server about it. */
    private void hostedDatabase() {
        if (environment.text("COVIBE_DATABASE_URL").isEmpty()) {
            findings.add(Finding.warning(
                    "database",
                    "COVIBE_DATABASE_URL is not set here, so the database, its roles and its schema were not looked at: set"
                            + " it where the server runs; the canary asks the server."));
            return;
        }
        DatabaseAddress runtime = environment.runtime();
        boolean here = runtime.url().matches(".*//(localhost|127\\.[0-9.]+|\\[::1])[:/].*");
        boolean encrypted = runtime.url().matches(".*[?&]sslmode=(require|verify-ca|verify-full)(&.*)?");
        findings.add(
                here || encrypted
                        ? Finding.ok("database connection", here ? "stays on this machine" : "is encrypted")
                        : Finding.warning(
                                "database connection",
                                "may go over the network in clear: add sslmode=require or verify-full to"
                                        + " COVIBE_DATABASE_URL."));
        examine(runtime.with("currentSchema", SchemaSetup.SCHEMA), "external, " + runtime.place());
    }

    private void database() {
        if (environment.hasExternalDatabase()) {
            DatabaseAddress runtime = environment.runtime();
            examine(runtime.with("currentSchema", SchemaSetup.SCHEMA), "external, " + runtime.place());
            return;
        }
        Path data = environment.data();
        Optional<DatabaseAddress> running = LocalDatabase.require().running(data);
        if (running.isPresent()) {
            examine(EmbeddedAccess.runtime(running.get(), data), "embedded, running");
        } else {
            findings.add(Finding.ok(
                    "database",
                    Files.exists(data.resolve("postgres"))
                            ? "embedded, stopped; `./covibe up` starts it"
                            : "embedded, not made yet; `./covibe up` makes it"));
        }
    }

    private void examine(DatabaseAddress runtime, String kind) {
        try (Connection connection = runtime.connect()) {
            findings.add(Finding.ok(
                    "database",
                    kind + ", PostgreSQL " + connection.getMetaData().getDatabaseProductVersion()));
            RuntimeRoleState role = RuntimeRoleState.of(connection);
            findings.add(
                    role.isFit()
                            ? Finding.ok("role", role.role() + " is bound by row security and owns nothing")
                            : Finding.failure(
                                    "role",
                                    role.role() + " " + String.join(" and ", role.faults())
                                            + ": run `covibe migrate`, which repairs it."));
            SchemaState schema = SchemaState.of(connection);
            findings.add(
                    schema.isComplete()
                            ? Finding.ok(
                                    "schema",
                                    "complete, at migration "
                                            + schema.migration().orElse("none"))
                            : Finding.failure("schema", "missing " + schema.missing() + ": run `covibe migrate`."));
            if (schema.isComplete()) {
                closedCompanies(connection);
                List<String> late = LateChores.of(connection);
                findings.add(
                        late.isEmpty()
                                ? Finding.ok("background work", "nothing is late")
                                : Finding.warning(
                                        "background work",
                                        String.join(", ", late) + (late.size() == 1 ? " has" : " have")
                                                + " not succeeded for too long: run `covibe maintain " + late.getFirst()
                                                + "` and read why."));
            }
        } catch (SQLException failure) {
            throw ConnectFailures.explain(runtime, failure);
        }
    }

    /** Said only where there are any: most servers never have one. */
    private void closedCompanies(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet closed =
                        statement.executeQuery("select tenant_name, closed_at::date from closed_tenants()")) {
            while (closed.next()) {
                findings.add(Finding.warning(
                        "company",
                        closed.getString(1) + " is closed since " + closed.getString(2)
                                + ", because its organization was deleted at WorkOS: nobody gets in and nothing is"
                                + " deleted; docs/administration.md says how to open it again."));
            }
        }
    }

    private void server() throws InterruptedException {
        String origin = Banner.origin(environment.host(), environment.port());
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(origin + "/api/health"))
                            .timeout(Duration.ofSeconds(5))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                findings.add(Finding.ok("server", origin + " answers " + answer.body()));
            } else {
                findings.add(Finding.failure(
                        "server",
                        origin + "/api/health answers " + answer.statusCode() + " " + answer.body()
                                + ": mend what it names, or choose another PORT if that is another program."));
            }
        } catch (IOException silent) {
            findings.add(Finding.ok("server", "not running on " + origin));
        }
    }

    private interface Look {
        void take() throws IOException, InterruptedException;
    }

    /** A look that cannot even be taken is a finding like any other. */
    private void guarded(String what, Look look) {
        try {
            look.take();
        } catch (Failure failure) {
            findings.add(Finding.failure(what, failure.getMessage()));
        } catch (IOException failure) {
            findings.add(Finding.failure(what, failure.toString()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
