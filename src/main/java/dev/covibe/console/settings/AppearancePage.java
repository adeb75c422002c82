package dev.covibe.console.settings;

import dev.covibe.console.frame.Frames;
import dev.covibe.platform.web.Cookies;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How the console looks to this browser. */
@Path("/settings/appearance")
@RunOnVirtualThread
public class AppearancePage {

    private static final Duration YEAR = Duration.ofDays(365);

    private final Frames frames;
    private final Cookies cookies;

    AppearancePage(Frames frames, Cookies cookies) {
        this.frames = frames;
        this.cookies = cookies;
    }

    @POST
    @Operation(hidden = true)
    public Response appearance(
            @FormParam("theme") Optional<String> theme,
            @FormParam("rail") Optional<String> rail,
            RoutingContext context) {
        frames.caller();
        theme.map(wanted -> wanted.equals("next") ? next(cookies.read(context, Cookies.THEME)) : wanted)
                .ifPresent(wanted ->
                        keep(context, Cookies.THEME, wanted, wanted.equals("light") || wanted.equals("dark")));
        rail.ifPresent(wanted -> keep(context, Frames.RAIL, "icons", wanted.equals("icons")));
        return frames.wantsPart()
                ? Response.noContent().build()
                : Response.seeOther(back(context)).build();
    }

    /** Following the system, then light, then dark, then the system again. */
    private static String next(Optional<String> theme) {
        return theme.map(now -> now.equals("light") ? "dark" : "system").orElse("light");
    }

    private void keep(RoutingContext context, String cookie, String value, boolean keep) {
        if (keep) {
            cookies.write(context, cookie, value, YEAR);
        } else {
            cookies.clear(context, cookie);
        }
    }

    /** The page the form stood on, as far as the browser tells; never another site. */
    private static URI back(RoutingContext context) {
        String referrer = context.request().getHeader("Referer");
        try {
            URI from = URI.create(referrer == null ? "/workstreams" : referrer);
            String query = from.getRawQuery() == null ? "" : "?" + from.getRawQuery();
            return from.getRawPath() == null || from.getRawPath().startsWith("//")
                    ? URI.create("/workstreams")
                    : URI.create(from.getRawPath() + query);
        } catch (IllegalArgumentException unreadable) {
            return URI.create("/workstreams");
        }
    }
}
