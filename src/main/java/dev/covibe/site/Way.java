package dev.covibe.site;

import dev.covibe.platform.web.Cookies;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where a person wants to be once they are signed in. It waits in a cookie while they are away at the provider.
 *
 * @param to a path of this server
 * @param workspace which workspace to enter, where they asked for one
 */
record Way(String to, Optional<UUID> workspace) {

    static final String START = "/workstreams";

    private static final Pattern LOCAL_PATH = Pattern.compile("^/(?![/\\\\])[^\\r\\n\\\\]{0,1000}$");
    private static final Duration LIFE = Duration.ofMinutes(30);

    /** Only a path of this server may be the way back; anything else would lend our name to another site. */
    static String local(String to) {
        try {
            return LOCAL_PATH.matcher(to).matches() ? URI.create(to).toString() : START;
        } catch (IllegalArgumentException unreadable) {
            return START;
        }
    }

    void remember(Cookies cookies, RoutingContext context) {
        String text = workspace.map(UUID::toString).orElse("") + " " + to;
        cookies.write(
                context,
                Cookies.AFTER,
                Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8)),
                LIFE);
    }

    /** What was remembered, and forgets it. A browser may say anything here, so it is read as any wish is. */
    static Way recall(Cookies cookies, RoutingContext context) {
        Optional<String> remembered = cookies.read(context, Cookies.AFTER);
        cookies.clear(context, Cookies.AFTER);
        return remembered.map(Way::read).orElseGet(() -> new Way(START, Optional.empty()));
    }

    private static Way read(String cookie) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cookie), StandardCharsets.UTF_8).split(" ", 2);
            return new Way(
                    local(parts.length == 2 ? parts[1] : START),
                    parts[0].isEmpty() ? Optional.empty() : Optional.of(UUID.fromString(parts[0])));
        } catch (IllegalArgumentException unreadable) {
            return new Way(START, Optional.empty());
        }
    }
}
