package dev.covibe.platform.log;

import dev.covibe.platform.settings.CovibeSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Begins the trail of every request, and writes one line at its end where the operator wants that. */
@Singleton
class RequestTrail {

    private static final Logger LOG = Logger.getLogger("dev.covibe.requests");

    /** Before everything else, so that everything else leaves the trace. */
    private static final int FIRST = 2000;

    private static final Pattern NOT_WORTH_A_LINE =
            Pattern.compile("/(assets|_static|q)/.*|/favicon\\.ico|/api/health");

    private final boolean logRequests;

    RequestTrail(CovibeSettings settings) {
        this.logRequests = settings.logRequests();
    }

    void open(@Observes Filters filters) {
        filters.register(this::begin, FIRST);
    }

    private void begin(RoutingContext context) {
        Trail.begin(context);
        if (logRequests && !NOT_WORTH_A_LINE.matcher(context.request().path()).matches()) {
            long began = System.nanoTime();
            context.addEndHandler(_ -> LOG.infof(
                    "%s %s %d %d ms",
                    context.request().method(),
                    context.request().path(),
                    context.response().getStatusCode(),
                    (System.nanoTime() - began) / 1_000_000));
        }
        context.next();
    }
}
