package dev.covibe.identity.oidc;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Who signs people in when it is not this server itself, as the operator configured it (IDN-1, IDN-2). */
public sealed interface Provider {

    /** Where a provider sends people back to, below the server's own origin; providers compare it letter by letter. */
    String CALLBACK = "/callback";

    Pattern ORIGIN = Pattern.compile("^https?://[^/\\s?#@\\\\]+/?$");

    /**
     * WorkOS with AuthKit.
     *
     * @param origin of this server, without a slash at its end
     * @param issuer of access tokens; empty takes both spellings that WorkOS is known to use
     * @param authkit the AuthKit domain as an origin; empty means that MCP clients get no tokens from it (IDN-9)
     */
    record Workos(
            String origin,
            String clientId,
            String apiKey,
            String apiUrl,
            Optional<String> issuer,
            Optional<String> authkit)
            implements Provider {

        boolean isIssuer(String claimed) {
            return issuer.map(claimed::equals)
                    .orElseGet(() -> claimed.equals(apiUrl) || claimed.equals(apiUrl + "/user_management/" + clientId));
        }
    }

    /** A standard OpenID Connect provider, found by its discovery document. */
    record Standard(String origin, String issuer, String clientId, String clientSecret, String organizationClaim)
            implements Provider {}

    /**
     * Not enough is known to sign anybody in, so nobody is.
     *
     * @param reason one plain sentence
     * @param missing the environment variables that are to be set
     */
    record Incomplete(String reason, List<String> missing) implements Provider {

        /** What mends it, in a few words for the operator. */
        public String wants() {
            return missing.isEmpty() ? reason : String.join(", ", missing) + " must be set";
        }
    }

    /** @param setting the value of a setting by its name, such as {@code workos.client-id} */
    static Provider of(Function<String, Optional<String>> setting) {
        Function<String, Optional<String>> read =
                name -> setting.apply(name).map(String::strip).filter(text -> !text.isEmpty());
        boolean standard = read.apply("covibe.oidc.issuer").isPresent();
        List<String> needed = standard
                ? List.of("covibe.oidc.client-id", "covibe.oidc.client-secret", "covibe.hosted-url")
                : List.of("workos.client-id", "workos.api-key", "covibe.hosted-url");
        List<String> missing = needed.stream()
                .filter(name -> read.apply(name).isEmpty())
                .map(Provider::variable)
                .toList();
        if (!missing.isEmpty()) {
            return new Incomplete(
                    "This server is to sign people in through " + (standard ? "an OpenID Connect provider" : "WorkOS")
                            + ", but its configuration is not complete.",
                    missing);
        }
        String origin = read.apply("covibe.hosted-url").orElseThrow();
        if (!ORIGIN.matcher(origin).matches()) {
            return new Incomplete(
                    "COVIBE_HOSTED_URL must be the bare origin of this server, such as https://co-vibe.example.com:"
                            + " without a path, a query or credentials.",
                    List.of());
        }
        return standard ? standard(read, unslashed(origin)) : workos(read, unslashed(origin));
    }

    private static Provider standard(Function<String, Optional<String>> read, String origin) {
        return new Standard(
                origin,
                unslashed(read.apply("covibe.oidc.issuer").orElseThrow()),
                read.apply("covibe.oidc.client-id").orElseThrow(),
                read.apply("covibe.oidc.client-secret").orElseThrow(),
                read.apply("covibe.oidc.organization-claim").orElse("org_id"));
    }

    private static Provider workos(Function<String, Optional<String>> read, String origin) {
        return new Workos(
                origin,
                read.apply("workos.client-id").orElseThrow(),
                read.apply("workos.api-key").orElseThrow(),
                unslashed(read.apply("workos.api-url").orElse("https://api.workos.com")),
                read.apply("workos.issuer"),
                read.apply("workos.authkit-domain")
                        .map(domain -> unslashed(domain.contains("://") ? domain : "https://" + domain)));
    }

    private static String unslashed(String address) {
        return address.replaceAll("/+$", "");
    }

    /** {@code workos.client-id} is set by {@code WORKOS_CLIENT_ID}. */
    static String variable(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /**
     * Why people who sign in would not come back to this server; empty when nothing speaks against it. A server that is
     * reached over HTTPS stands behind something that ends TLS, whose address cannot be judged from here.
     *
     * @param host the address that the server listens on, such as {@code 127.0.0.1}
     */
    static Optional<String> wrongCallback(String hostedUrl, String host, int port) {
        if (!ORIGIN.matcher(hostedUrl).matches()) {
            return Optional.of("COVIBE_HOSTED_URL is " + hostedUrl
                    + ", which is not the bare origin of a server such as https://co-vibe.example.com.");
        }
        URI url = URI.create(unslashed(hostedUrl));
        if (!url.getScheme().equals("http")) {
            return Optional.empty();
        }
        List<String> differences = new ArrayList<>();
        int expected = url.getPort() == -1 ? 80 : url.getPort();
        if (expected != port) {
            differences.add("port " + port + ", not " + expected);
        }
        boolean open = host.equals("0.0.0.0") || host.equals("::");
        if (!open && isLoopback(host) != isLoopback(url.getHost())) {
            differences.add("the address " + host + ", not " + url.getHost());
        }
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of("people who sign in are sent back to " + unslashed(hostedUrl) + CALLBACK
                        + ", but this server listens on " + String.join(" and ", differences)
                        + ": set COVIBE_HOSTED_URL to the address that people open.");
    }

    private static boolean isLoopback(String host) {
        return host != null && (host.equals("localhost") || host.startsWith("127.") || host.matches("\\[?::1]?"));
    }
}
