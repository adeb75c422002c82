package dev.covibe.platform.web;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id that finds a request in the log: the caller's W3C {@code traceparent} or, on Google Cloud,
 * {@code X-Cloud-Trace-Context} where it sent one, else one of ours.
 */
public final class TraceIds {

    private static final String KEY = "covibe.trace-id";
    private static final Pattern TRACEPARENT =
            Pattern.compile("^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$");
    private static final Pattern CLOUD_TRACE = Pattern.compile("^([0-9a-f]{32})(?:/\\d{1,20})?(?:;o=\\d)?$");

    private TraceIds() {}

    public static String of(RoutingContext context) {
        String known = context.get(KEY);
        if (known != null) {
            return known;
        }
        String made = given(context);
        context.put(KEY, made);
        return made;
    }

    /** The step of the trace in which the request was made, where the caller names one: 16 hexadecimal digits. */
    public static Optional<String> span(RoutingContext context) {
        Matcher matcher = traceparent(context);
        return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    private static String given(RoutingContext context) {
        Matcher parent = traceparent(context);
        if (parent.matches()) {
            return parent.group(1);
        }
        Matcher cloud = CLOUD_TRACE.matcher(header(context, "X-Cloud-Trace-Context"));
        if (cloud.matches()) {
            return cloud.group(1);
        }
        byte[] bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Matcher traceparent(RoutingContext context) {
        return TRACEPARENT.matcher(header(context, "traceparent"));
    }

    private static String header(RoutingContext context, String name) {
        String value = context.request().getHeader(name);
        return value == null ? "" : value;
    }
}
