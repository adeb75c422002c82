package dev.covibe.identity;

import dev.covibe.platform.limits.Policy;
import dev.covibe.platform.limits.Refused;
import dev.covibe.platform.limits.Throughput;
import dev.covibe.platform.limits.Throughput.Left;
import dev.covibe.platform.log.Trail;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Addresses;
import dev.covibe.platform.web.Cookies;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets nobody take more than their share of an instance (PLT-9). Who sent no credentials is counted by address, before
 * anything else is done for them; who sent good ones, by token and by developer.
 */
@Singleton
class CallLimits {

    /** Between authorization, which is at -100, and the MCP endpoint's gate. */
    private static final int BEHIND_AUTHORIZATION = -60;

    private static final int BEFORE_AUTHENTICATION = 800;

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern FREE = Pattern.compile("/(assets|_static|q)/.*|/favicon\\.ico|/api/health");
    private static final Pattern OPEN = Pattern.compile(
            "/(auth|callback|downloads|share|leaked-token|api/found-tokens|api/setup|api/webhooks)(/.*)?");
    private static final Pattern REPORTS = Pattern.compile("/api/(ingest|otlp/.*|snapshots|companion/heartbeat)/?");
    private static final String MCP = "/api/mcp";

    private final Throughput throughput;
    private final Refused refused;
    private final Addresses addresses;
    private final Cookies cookies;

    CallLimits(Throughput throughput, Refused refused, Addresses addresses, Cookies cookies) {
        this.throughput = throughput;
        this.refused = refused;
        this.addresses = addresses;
        this.cookies = cookies;
    }

    void open(@Observes Filters filters) {
        filters.register(this::admitStranger, BEFORE_AUTHENTICATION);
    }

    void open(@Observes Router router) {
        router.route("/*").order(BEHIND_AUTHORIZATION).handler(this::admitCaller);
    }

    private void admitStranger(RoutingContext context) {
        String path = context.request().path();
        // At an open address nobody looks whether a credential is worth anything.
        boolean stranger = OPEN.matcher(path).matches()
                || context.request().getHeader(HttpHeaders.AUTHORIZATION) == null
                        && cookies.read(context, Cookies.SESSION).isEmpty();
        if (!stranger || FREE.matcher(path).matches()) {
            context.next();
            return;
        }
        admit(context, Policy.ANONYMOUS, Addresses.network(addresses.of(context)));
    }

    private void admitCaller(RoutingContext context) {
        Optional<Caller> caller = caller(context);
        if (caller.isEmpty()) {
            context.next();
            return;
        }
        Caller known = caller.get();
        Trail.caller(known.place().tenantId(), known.workspaceId(), known.developerId());
        String path = context.request().path();
        if (path.equals(MCP)) {
            admit(context, Policy.MCP, token(known));
        } else if (REPORTS.matcher(path).matches()) {
            admit(context, Policy.INGEST, token(known));
        } else {
            boolean reads = READING.contains(context.request().method().name());
            admit(context, reads ? Policy.CALLS : Policy.WRITES, known.developerId());
        }
    }

    private static Object token(Caller caller) {
        return caller.token().map(Caller.Token::id).orElse(caller.developerId());
    }

    private static Optional<Caller> caller(RoutingContext context) {
        return context.user() instanceof QuarkusHttpUser user
                ? Optional.ofNullable(user.getSecurityIdentity().getAttribute(CurrentCaller.ATTRIBUTE))
                : Optional.empty();
    }

    private void admit(RoutingContext context, Policy policy, Object who) {
        if (!throughput.limits(policy)) {
            context.next();
            return;
        }
        Left left = throughput.take(policy, who);
        context.response().putHeader("RateLimit-Policy", left.policyField()).putHeader("RateLimit", left.field());
        if (left.allowed()) {
            context.next();
            return;
        }
        throughput.refusedOne(policy);
        refused.answer(
                context,
                Refusal.tooMany(
                        "limit." + policy.key(),
                        words(policy) + " at most " + left.allowance().most() + " in "
                                + left.allowance().window().toSeconds() + " seconds. Wait " + left.retryAfter()
                                + (left.retryAfter() == 1 ? " second." : " seconds."),
                        left.retryAfter()));
    }

    private static String words(Policy policy) {
        return switch (policy) {
            case MCP -> "One token makes MCP calls";
            case INGEST -> "One token sends reports";
            case WRITES -> "One person writes";
            case CALLS -> "One person asks";
            case ANONYMOUS -> "One address asks without signing in";
        };
    }
}
