package dev.covibe.ops;

import dev.covibe.identity.oidc.Provider;
import dev.covibe.identity.oidc.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What a person needs to see once the server is ready (PLT-5). */
@ApplicationScoped
class Banner {

    /** Set by the start-up code, which alone knows where the database came from. */
    static final String DATABASE_KIND = "dev.covibe.database-kind";

    private final String host;
    private final int port;
    private final String auth;
    private final String database;
    private final Provider provider;
    private final Optional<String> hostedUrl;

    @Inject
    Banner(
            @ConfigProperty(name = "quarkus.http.host") String host,
            @ConfigProperty(name = "quarkus.http.port") int port,
            @ConfigProperty(name = "covibe.auth", defaultValue = "local") String auth,
            @ConfigProperty(name = DATABASE_KIND, defaultValue = "external") String database,
            @ConfigProperty(name = "covibe.hosted-url") Optional<String> hostedUrl,
            Providers providers) {
        this(host, port, auth, database, hostedUrl, providers.provider());
    }

    Banner(String host, int port, String auth, String database, Optional<String> hostedUrl, Provider provider) {
        this.host = host;
        this.port = port;
        this.auth = auth;
        this.database = database;
        this.hostedUrl = hostedUrl;
        this.provider = provider;
    }

    void print() {
        System.out.println(text());
    }

    String text() {
        String origin = origin(host, port);
        StringBuilder text = new StringBuilder("\n  Co-Vibe " + Version.TEXT + "\n\n");
        line(text, "Console", origin);
        line(text, "MCP", origin + "/api/mcp");
        line(text, "Sign-in", signIn());
        line(text, "Database", database);
        for (String address : isOpen(host) ? addresses() : List.<String>of()) {
            line(text, "On the LAN", "http://" + address + ":" + port);
        }
        if (!auth.equals("local")) {
            hostedUrl
                    .flatMap(url -> Provider.wrongCallback(url, host, port))
                    .ifPresent(warning -> line(text, "Warning", warning));
        }
        return text.toString();
    }

    private String signIn() {
        if (auth.equals("local")) {
            return "local mode: by email, without a password";
        }
        return switch (provider) {
            case Provider.Workos workos -> "WorkOS, " + workos.origin() + Provider.CALLBACK;
            case Provider.Standard standard -> standard.issuer() + ", " + standard.origin() + Provider.CALLBACK;
            case Provider.Incomplete incomplete -> "blocked: " + incomplete.wants();
        };
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(name)
                .append(" ".repeat(12 - name.length()))
                .append(value)
                .append('\n');
    }

    static String origin(String host, int port) {
        boolean here = isOpen(host) || host.equals("127.0.0.1") || host.equals("::1");
        return "http://" + (here ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static boolean isOpen(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    private static List<String> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> address instanceof Inet4Address
                            && !address.isLoopbackAddress()
                            && !address.isLinkLocalAddress())
                    .map(address -> address.getHostAddress())
                    .sorted()
                    .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }
}
