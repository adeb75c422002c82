package dev.covibe.ops.canary;

import dev.covibe.ops.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a stranger must not be able to do, and what no answer may carry. */
final class ClosedDoorProbes {

    /** Reads of work, people, money and machines: one for each room of the house. CanaryTest pins that they exist. */
    static final List<String> READS = List.of(
            "/api/tasks",
            "/api/tasks/export",
            "/api/workstreams",
            "/api/projects",
            "/api/sessions",
            "/api/agents",
            "/api/messages",
            "/api/inbox",
            "/api/blockers",
            "/api/decisions",
            "/api/state",
            "/api/alerts",
            "/api/prices",
            "/api/summary/week",
            "/api/companion/machines",
            "/api/audit",
            "/api/audit/export",
            "/api/retention",
            "/api/events/stream");

    /** Writes, each with a body that would be taken from somebody who may. */
    static final List<String> WRITES = List.of("/api/tasks", "/api/projects", "/api/messages", "/api/snapshots");

    private static final Pattern TOKEN_SHAPED = Pattern.compile("cvb_[0-9A-Za-z]{32,}"
            + "|\\bsk_(?:live_|test_)?[0-9A-Za-z]{16,}"
            + "|\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]{8,}"
            + "|-----BEGIN [A-Z ]*PRIVATE KEY-----"
            + "|\\bpostgres(?:ql)?://[^\\s:/@]+:[^\\s@]+@"
            + "|\\bgh[pousr]_[0-9A-Za-z]{30,}"
            + "|\\bAKIA[0-9A-Z]{16}\\b");

    private ClosedDoorProbes() {}

    static List<Probe> all() {
        return List.of(
                new Probe("protected APIs", ClosedDoorProbes::protectedApis),
                new Probe("token creation", ClosedDoorProbes::tokenCreation),
                new Probe("security headers", ClosedDoorProbes::securityHeaders));
    }

    /** To be asked last: it looks through everything that was answered before. */
    static List<Probe> overAllAnswers() {
        return List.of(
                new Probe("cookies", ClosedDoorProbes::cookies),
                new Probe("token-shaped text", ClosedDoorProbes::tokenShapedText));
    }

    private static String protectedApis(Remote remote) {
        for (String path : READS) {
            mustRefuse(remote.get(path, "Accept", "application/json, text/event-stream"));
        }
        for (String path : WRITES) {
            mustRefuse(remote.post(path, "application/json", "{\"title\":\"canary\"}"));
        }
        return READS.size() + WRITES.size() + " addresses answer 401";
    }

    private static void mustRefuse(Answer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            throw Failure.of(answer.endpoint() + " answers " + answer.status()
                    + " to a stranger: people's work is public. Take the server off the network.");
        }
        answer.mustBe(401, "a stranger must be refused, and told nothing else.");
    }

    private static String tokenCreation(Remote remote) {
        Answer form =
                remote.post("/settings/tokens", "application/x-www-form-urlencoded", "name=canary&agent=claude-code");
        if (form.status() >= 200 && form.status() < 300 && form.status() != 204
                || TOKEN_SHAPED.matcher(form.text()).find()) {
            throw Failure.of("POST /settings/tokens makes tokens for strangers: take the server off the network.");
        }
        Answer device = remote.post(
                "/api/setup/device/token",
                "application/json",
                "{\"device_code\":\"" + UUID.randomUUID().toString().replace("-", "") + "\"}");
        if (device.status() >= 200 && device.status() < 300) {
            throw Failure.of("POST /api/setup/device/token gives a token for a device that nobody approved: take the"
                    + " server off the network.");
        }
        if (form.status() >= 500 || device.status() >= 500) {
            throw Failure.of((form.status() >= 500 ? form : device).endpoint() + " answers "
                    + (form.status() >= 500 ? form : device).status()
                    + " to a stranger who wants a token: look at the server's log.");
        }
        return "impossible without signing in";
    }

    private static String securityHeaders(Remote remote) {
        for (String path : List.of("/", "/api/health", "/auth/signed-out", "/api/tasks")) {
            Answer answer = remote.get(path);
            requireTransport(answer);
            requireContentPolicy(answer);
            if (!answer.header("X-Content-Type-Options").equalsIgnoreCase("nosniff")) {
                throw Failure.of(answer.endpoint() + " lacks X-Content-Type-Options: nosniff.");
            }
            if (answer.header("Referrer-Policy").isEmpty()) {
                throw Failure.of(answer.endpoint() + " lacks Referrer-Policy: addresses would leak to other sites.");
            }
        }
        return "HSTS, a strict content policy, no frames, no sniffing";
    }

    private static void requireTransport(Answer answer) {
        Matcher age = Pattern.compile("max-age=(\\d{1,12})").matcher(answer.header("Strict-Transport-Security"));
        if (!age.find() || Long.parseLong(age.group(1)) < 15_552_000) {
            throw Failure.of(answer.endpoint() + " lacks Strict-Transport-Security of half a year or more: set"
                    + " COVIBE_HOSTED_URL, or stop the proxy that takes it away.");
        }
    }

    private static void requireContentPolicy(Answer answer) {
        String policy = answer.header("Content-Security-Policy").toLowerCase(Locale.ROOT);
        if (policy.isEmpty()) {
            throw Failure.of(answer.endpoint() + " lacks Content-Security-Policy: stop the proxy that takes it away.");
        }
        if (policy.contains("unsafe-inline") || policy.contains("unsafe-eval")) {
            throw Failure.of(answer.endpoint() + " allows inline script in its Content-Security-Policy.");
        }
        if (!policy.contains("frame-ancestors 'none'")) {
            throw Failure.of(answer.endpoint() + " lets other sites frame it: its Content-Security-Policy lacks"
                    + " frame-ancestors 'none'.");
        }
    }

    private static String cookies(Remote remote) {
        for (Answer answer : remote.answers()) {
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String attributes = cookie.toLowerCase(Locale.ROOT);
                String name = cookie.split("=", 2)[0];
                if (!attributes.contains("; secure")) {
                    throw Failure.of(answer.endpoint() + " sets the cookie " + name
                            + " without Secure: set COVIBE_HOSTED_URL, whose presence makes cookies secure.");
                }
                if (!attributes.contains("; httponly") && !name.equals("covibe_theme")) {
                    throw Failure.of(answer.endpoint() + " sets the cookie " + name
                            + " without HttpOnly: scripts could read it.");
                }
            }
        }
        return "Secure and HttpOnly";
    }

    private static String tokenShapedText(Remote remote) {
        for (Answer answer : remote.answers()) {
            boolean inBody = TOKEN_SHAPED
                    .matcher(new String(answer.body(), StandardCharsets.ISO_8859_1))
                    .find();
            // The provider's library keeps the state of a sign-in in an encrypted cookie, which has a token's form.
            boolean inHeader = answer.headers().map().entrySet().stream()
                    .filter(header -> !header.getKey().equalsIgnoreCase("Set-Cookie"))
                    .anyMatch(header ->
                            TOKEN_SHAPED.matcher(header.getValue().toString()).find());
            if (inBody || inHeader) {
                // Never the text itself: it may be a secret.
                throw Failure.of("The answer to " + answer.endpoint() + " holds text of a secret's form, in its "
                        + (inBody ? "body" : "headers") + ": find out whose it is, revoke it, and mend the route.");
            }
        }
        return "none in " + remote.answers().size() + " answers";
    }
}
