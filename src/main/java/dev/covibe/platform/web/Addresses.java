package dev.covibe.platform.web;

import dev.covibe.platform.settings.CovibeSettings;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Where a request comes from: what the audit log writes down and what limits are counted for. */
@Singleton
public class Addresses {

    private static final int IPV6_LENGTH = 16;
    private static final int NETWORK_LENGTH = 8;

    private final int proxyHops;

    Addresses(CovibeSettings settings) {
        this.proxyHops = settings.proxyHops();
    }

    /**
     * The IP address of the asker. Behind proxies of ours it is the one that the outermost of them saw; what stands
     * further left in {@code X-Forwarded-For} is the asker's own word, and a request that brings fewer hops than are
     * configured did not come through the proxies.
     */
    public String of(RoutingContext context) {
        String near = context.request().remoteAddress().hostAddress();
        if (proxyHops == 0) {
            return near;
        }
        List<String> hops = context.request().headers().getAll("X-Forwarded-For").stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .map(String::strip)
                .toList();
        if (hops.size() < proxyHops) {
            return near;
        }
        String seen = hops.get(hops.size() - proxyHops);
        return isAddress(seen) ? seen : near;
    }

    /** Who shares a limit with the address: of IPv6 the whole /64, because a single subscriber has that many addresses. */
    public static String network(String address) {
        if (!isAddress(address)) {
            return address;
        }
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        return bytes.length == IPV6_LENGTH
                ? HexFormat.of().formatHex(bytes, 0, NETWORK_LENGTH) + "/64"
                : InetAddress.ofLiteral(address).getHostAddress();
    }

    private static boolean isAddress(String text) {
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException other) {
            return false;
        }
    }
}
