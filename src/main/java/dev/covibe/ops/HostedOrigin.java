package dev.covibe.ops;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The public address of a hosted server: scheme, host and perhaps a port. Whatever else an address can carry is refused,
 * each in a sentence of its own, before anything is asked of anybody (OPS-4).
 */
public record HostedOrigin(String text) {

    /** Where tunnels end that somebody opened for an hour: a customer must not be handed one. */
    private static final List<String> TUNNELS = List.of(
            "app.github.dev",
            "bore.pub",
            "devtunnels.ms",
            "expose.sh",
            "gitpod.io",
            "lhr.life",
            "loca.lt",
            "localhost.run",
            "localtunnel.me",
            "ngrok-free.app",
            "ngrok-free.dev",
            "ngrok.app",
            "ngrok.dev",
            "ngrok.io",
            "ngrok.pizza",
            "pinggy.io",
            "pinggy.link",
            "serveo.net",
            "sharedwithexpose.com",
            "trycloudflare.com",
            "tunnelto.dev",
            "zrok.io");

    private static final List<String> PRIVATE_NAMES =
            List.of(".local", ".internal", ".intranet", ".lan", ".home.arpa", ".test", ".invalid", ".localdomain");

    /**
     * Reads an origin that customers can reach. A trailing slash and capitals are taken away.
     *
     * @throws Failure of usage, saying what is wrong with it
     */
    public static HostedOrigin parse(String text) {
        HostedOrigin origin = read(text);
        if (!origin.uri().getScheme().equals("https")) {
            throw Failure.usage(origin.text + " is not HTTPS: a hosted origin begins with https://.");
        }
        String host = origin.host();
        if (isLocal(host)) {
            throw Failure.usage(host + " is this machine: name the origin that customers reach, or add --rehearsal"
                    + " to try the canary on a server here.");
        }
        if (isPrivate(host)) {
            throw Failure.usage(host + " is in a private network: customers cannot reach it; name the public origin.");
        }
        TUNNELS.stream()
                .filter(tunnel -> host.equals(tunnel) || host.endsWith("." + tunnel))
                .findFirst()
                .ifPresent(tunnel -> {
                    throw Failure.usage(host + " is a temporary tunnel of " + tunnel
                            + ": it ends with the terminal that opened it; name the permanent origin.");
                });
        return origin;
    }

    /** As {@link #parse}, but this machine is allowed, and HTTP there: for rehearsals. */
    public static HostedOrigin rehearsal(String text) {
        HostedOrigin origin = read(text);
        return origin.isLocal() ? origin : parse(text);
    }

    private static HostedOrigin read(String given) {
        String text = given.strip();
        if (text.isEmpty()) {
            throw Failure.usage(
                    "No hosted origin was given: name it, as in `covibe canary https://co-vibe.example.com`,"
                            + " or set COVIBE_HOSTED_URL.");
        }
        URI uri = uri(text);
        if (uri.getRawUserInfo() != null || text.matches("[^/]*//[^/]*@.*")) {
            throw Failure.usage("The origin carries credentials: leave out everything before the @.");
        }
        if (uri.getScheme() == null || uri.getHost() == null || !uri.getScheme().matches("(?i)https?")) {
            throw Failure.usage(
                    text + " is not an origin: it looks like https://co-vibe.example.com, with https:// and a host.");
        }
        if (uri.getRawQuery() != null) {
            throw Failure.usage("The origin carries a query: leave out everything from the ? on.");
        }
        if (uri.getRawFragment() != null) {
            throw Failure.usage("The origin carries a hash: leave out everything from the # on.");
        }
        String path = uri.getRawPath().replaceFirst("/+$", "");
        if (path.equals("/callback")) {
            throw Failure.usage(text + " is the callback and not the origin: leave out /callback, which is added where"
                    + " it is needed.");
        }
        if (!path.isEmpty()) {
            throw Failure.usage(text + " has the path " + path + ": an origin has none, leave it out.");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() == -1 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        return new HostedOrigin(
                scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (usual ? "" : ":" + uri.getPort()));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException unreadable) {
            throw Failure.usage("The origin is not an address: it looks like https://co-vibe.example.com.");
        }
    }

    public URI uri() {
        return URI.create(text);
    }

    /** The host without the brackets of IPv6. */
    public String host() {
        return uri().getHost().replaceAll("^\\[|]$", "").replaceFirst("\\.$", "");
    }

    /** Whether the host is this machine. */
    public boolean isLocal() {
        return isLocal(host());
    }

    /** An address of this origin; the path begins with a slash. */
    public URI at(String path) {
        return URI.create(text + path);
    }

    private static boolean isLocal(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || literal(host)
                        .map(address -> address.isLoopbackAddress() || address.isAnyLocalAddress())
                        .orElse(false);
    }

    private static boolean isPrivate(String host) {
        Optional<InetAddress> literal = literal(host);
        return literal.map(HostedOrigin::isPrivate)
                .orElseGet(() -> !host.contains(".") || PRIVATE_NAMES.stream().anyMatch(host::endsWith));
    }

    /** Whether an address is one that only its own network knows. */
    public static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        boolean carrierGrade = bytes.length == 4 && first == 100 && second >= 64 && second < 128;
        boolean uniqueLocal = bytes.length == 16 && (first & 0xfe) == 0xfc;
        return address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isMulticastAddress()
                || carrierGrade
                || uniqueLocal;
    }

    /** Any spelling that a resolver takes for a number, such as 2130706433 and 0x7f.1. */
    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(
                    host.matches("(?i)[0-9a-fx.]*") && host.matches("[0-9].*")
                            ? Inet4Address.ofPosixLiteral(host)
                            : InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
