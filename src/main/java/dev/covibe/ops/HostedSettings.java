package dev.covibe.ops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a hosted server is told by its environment: sign-in, origin, cookies, secrets, roles (OPS-2). Looks, asks nobody. */
final class HostedSettings {

    private final Environment environment;
    private final Optional<String> wanted;
    private final boolean rehearsal;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param wanted the origin that the operator means, where one was named; else the settings' own
     * @param rehearsal whether that may be this machine
     */
    HostedSettings(Environment environment, Optional<String> wanted, boolean rehearsal) {
        this.environment = environment;
        this.wanted = wanted;
        this.rehearsal = rehearsal;
    }

    List<Finding> findings() {
        signIn();
        origin();
        if (environment.text("COVIBE_OIDC_ISSUER").isPresent()) {
            standard();
        } else {
            workos();
        }
        secret();
        owner();
        schedule();
        return List.copyOf(findings);
    }

    private void signIn() {
        String mode = environment.text("COVIBE_AUTH").orElse("local");
        findings.add(
                mode.equals("workos")
                        ? Finding.ok("sign-in", "WorkOS mode")
                        : Finding.failure(
                                "sign-in",
                                "COVIBE_AUTH is " + mode
                                        + ", which asks nobody for a password: set COVIBE_AUTH=workos."));
    }

    private void origin() {
        Optional<String> told = environment.text("COVIBE_HOSTED_URL");
        if (told.isEmpty() && wanted.isEmpty()) {
            findings.add(Finding.failure(
                    "origin",
                    "COVIBE_HOSTED_URL is missing: set it to the origin, such as https://co-vibe.example.com."));
            return;
        }
        try {
            HostedOrigin origin = read(told.or(() -> wanted).get());
            if (told.isPresent() && wanted.isPresent() && !read(wanted.get()).equals(origin)) {
                findings.add(Finding.failure(
                        "origin",
                        "COVIBE_HOSTED_URL says " + origin + ", but the origin that was named is " + wanted.get()
                                + ": set the one that customers reach."));
                return;
            }
            findings.add(Finding.ok("origin", origin.text()));
            findings.add(Finding.ok(
                    "callback",
                    "WorkOS, or the provider in its place, must allow exactly " + origin
                            + "/callback; the canary proves it"));
            findings.add(
                    origin.uri().getScheme().equals("https")
                            ? Finding.ok("cookies", "Secure, HttpOnly and SameSite=Lax, because the origin is HTTPS")
                            : Finding.failure(
                                    "cookies", "are Secure only below an HTTPS origin: rehearse with HTTPS."));
        } catch (Failure refused) {
            findings.add(Finding.failure("origin", "COVIBE_HOSTED_URL: " + refused.getMessage()));
            findings.add(Finding.failure("cookies", "are Secure only below an HTTPS origin: mend COVIBE_HOSTED_URL."));
        }
    }

    private HostedOrigin read(String origin) {
        return rehearsal ? HostedOrigin.rehearsal(origin) : HostedOrigin.parse(origin);
    }

    private void workos() {
        expect("WORKOS_CLIENT_ID", "client_", "the client of the WorkOS environment");
        expect("WORKOS_API_KEY", "sk_", "the secret key of the WorkOS environment");
        if (environment.text("WORKOS_API_KEY").orElse("").startsWith("sk_test_")) {
            findings.add(Finding.warning(
                    "WORKOS_API_KEY", "is a key of a test environment: customers need one of production."));
        }
        Optional<String> authkit = environment.text("WORKOS_AUTHKIT_DOMAIN");
        findings.add(
                authkit.isPresent() && authkit.get().startsWith("https://")
                        ? Finding.ok("WORKOS_AUTHKIT_DOMAIN", authkit.get())
                        : Finding.warning(
                                "WORKOS_AUTHKIT_DOMAIN",
                                "is not an https:// address: MCP clients that only speak OAuth cannot connect. Set it to"
                                        + " the AuthKit domain, such as https://acme.authkit.app."));
    }

    /** Another provider in the place of WorkOS. */
    private void standard() {
        findings.add(Finding.ok(
                "COVIBE_OIDC_ISSUER", environment.text("COVIBE_OIDC_ISSUER").orElseThrow()));
        expect("COVIBE_OIDC_CLIENT_ID", "", "the client that the provider knows this server as");
        expect("COVIBE_OIDC_CLIENT_SECRET", "", "the secret of that client");
    }

    /** Never shows the value: only whether it has the form. */
    private void expect(String name, String prefix, String what) {
        Optional<String> value = environment.text(name);
        findings.add(
                value.isEmpty()
                        ? Finding.failure(name, "is missing: set it to " + what + ".")
                        : value.get().startsWith(prefix)
                                ? Finding.ok(name, "is set")
                                : Finding.failure(name, "does not begin with " + prefix + ": set it to " + what + "."));
    }

    private void secret() {
        try {
            if (environment.text("COVIBE_SECRET").isEmpty()) {
                findings.add(
                        Finding.failure(
                                "secret",
                                "COVIBE_SECRET is missing: set it to 32 or more random characters, the same on every instance."));
                return;
            }
            environment.secret();
            findings.add(Finding.ok("secret", "COVIBE_SECRET is long enough"));
        } catch (Failure tooShort) {
            findings.add(Finding.failure("secret", tooShort.getMessage()));
        }
    }

    private void owner() {
        Optional<String> owner = environment.text("COVIBE_OWNER_DATABASE_USER");
        if (owner.isPresent() && owner.equals(environment.text("COVIBE_DATABASE_USER"))) {
            findings.add(Finding.failure(
                    "owner",
                    owner.get()
                            + " is the owner and the server's role at once, so row security does not bind the server:"
                            + " give COVIBE_DATABASE_USER a role of its own."));
        } else if (owner.isPresent()) {
            findings.add(Finding.warning(
                    "owner",
                    "COVIBE_OWNER_DATABASE_USER is set here: it belongs to the job that migrates, never to a server."));
        } else {
            findings.add(Finding.ok("owner", "the owner's credentials are not here, as it should be on a server"));
        }
        if (environment.text("COVIBE_MIGRATE_AT_START").orElse("false").equals("true")) {
            findings.add(Finding.failure(
                    "migrations",
                    "COVIBE_MIGRATE_AT_START is true: a hosted server never migrates; unset it and run `covibe migrate` as"
                            + " a job before the deployment."));
        }
    }

    private void schedule() {
        if (environment.text("COVIBE_SCHEDULE").orElse("on").equals("off")) {
            findings.add(Finding.ok("schedule", "off: a job must run `covibe maintain --due` every five minutes"));
        }
    }
}
