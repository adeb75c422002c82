package dev.covibe.platform.log;

import dev.covibe.platform.web.TraceIds;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jboss.logging.MDC;

/**
 * What every line that a request leaves in the log is found by. Kept with the request and not with a thread: it follows
 * the request onto its virtual threads. Ids alone: no name, no address of a person.
 */
public final class Trail {

    static final String TRACE = "trace";
    static final String SPAN = "span";

    private Trail() {}

    /** At the start of a request, and again wherever a library goes on with it in a context of its own. */
    public static void begin(RoutingContext request) {
        MDC.clear();
        MDC.put(TRACE, TraceIds.of(request));
        TraceIds.span(request).ifPresent(span -> MDC.put(SPAN, span));
    }

    /** Once it is known who calls. */
    public static void caller(UUID tenant, UUID workspace, UUID developer) {
        MDC.put("tenant", tenant.toString());
        MDC.put("workspace", workspace.toString());
        MDC.put("developer", developer.toString());
    }

    /** Once it is known in which agent session. */
    public static void session(UUID session) {
        MDC.put("session", session.toString());
    }
}
