package dev.covibe.ops.canary;

import dev.covibe.ops.Failure;
import dev.covibe.ops.HostedOrigin;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signing in: the way to AuthKit with the right way back, and no way past it. */
final class SignInProbes {

    private static final String AUTHORIZE = "/user_management/authorize";
    private static final String SESSION_COOKIE = "covibe_session=";
    private static final int MOST_HOPS = 3;

    /** Pages and tools of a developer's own machine. */
    private static final List<String> LOCAL_ONLY =
            List.of("/q/swagger-ui", "/q/swagger-ui/index.html", "/q/dev-ui", "/q/dev", "/q/arc/beans");

    private SignInProbes() {}

    static List<Probe> all() {
        return List.of(
                new Probe("sign-in", SignInProbes::signIn),
                new Probe("local sign-in", SignInProbes::localSignIn),
                new Probe("local-only routes", SignInProbes::localOnly));
    }

    private static String signIn(Remote remote) {
        URI target = target(remote);
        String origin = remote.publicOrigin().text();
        if (!isAuthKit(target, remote.isRehearsal())) {
            throw Failure.of("Sign-in goes to " + target.getHost() + target.getPath()
                    + ", which is not AuthKit: check WORKOS_CLIENT_ID and the API address of WorkOS.");
        }
        Map<String, String> asked = query(target);
        if (!asked.getOrDefault("redirect_uri", "").equals(origin + "/callback")) {
            throw Failure.of("Sign-in asks AuthKit to come back to \"" + asked.getOrDefault("redirect_uri", "")
                    + "\" instead of " + origin
                    + "/callback: set COVIBE_HOSTED_URL to the origin, and allow exactly that"
                    + " callback in the WorkOS dashboard.");
        }
        if (asked.getOrDefault("client_id", "").isBlank()) {
            throw Failure.of("Sign-in asks AuthKit without a client: set WORKOS_CLIENT_ID.");
        }
        if (!asked.getOrDefault("response_type", "").equals("code")) {
            throw Failure.of("Sign-in does not ask AuthKit for a code, so nobody would come back signed in.");
        }
        if (asked.getOrDefault("state", "").length() < 8) {
            throw Failure.of(
                    "Sign-in goes to AuthKit without a state: a stranger's answer could be taken for one's own.");
        }
        return "goes to AuthKit and comes back to " + origin + "/callback";
    }

    private static URI target(Remote remote) {
        String path = "/auth/sign-in";
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            Answer answer = remote.get(path);
            if (answer.status() < 300 || answer.status() >= 400) {
                throw Failure.of("GET " + path + " answers " + answer.status()
                        + " instead of going to AuthKit: set COVIBE_AUTH=workos, WORKOS_CLIENT_ID and WORKOS_API_KEY.");
            }
            URI target = location(answer, remote.publicOrigin());
            boolean stays = target.getAuthority() != null
                    && target.getAuthority().equals(remote.publicOrigin().uri().getAuthority());
            if (!stays) {
                return target;
            }
            path = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
        }
        throw Failure.of("Sign-in goes round in a circle within the server and never reaches AuthKit.");
    }

    private static URI location(Answer answer, HostedOrigin origin) {
        try {
            return origin.at("/").resolve(answer.header("Location"));
        } catch (IllegalArgumentException unreadable) {
            throw Failure.of(answer.endpoint() + " goes to something that is not an address.");
        }
    }

    /** On this machine an emulator may stand for WorkOS. */
    private static boolean isAuthKit(URI target, boolean rehearsal) {
        String host = target.getHost() == null ? "" : target.getHost();
        boolean workos = host.equals("api.workos.com") || host.endsWith(".workos.com") || host.endsWith(".authkit.app");
        return (workos && "https".equals(target.getScheme()) || rehearsal)
                && target.getPath().equals(AUTHORIZE);
    }

    private static Map<String, String> query(URI target) {
        Map<String, String> query = new HashMap<>();
        if (target.getRawQuery() != null) {
            for (String pair : target.getRawQuery().split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(parts[0], parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
            }
        }
        return query;
    }

    private static String localSignIn(Remote remote) {
        Answer answer = remote.post(
                "/auth/sign-in", "application/x-www-form-urlencoded", "email=canary%40example.com&to=%2Fworkstreams");
        boolean opened = answer.headers().allValues("Set-Cookie").stream()
                .anyMatch(cookie -> cookie.startsWith(SESSION_COOKIE)
                        && cookie.length() > SESSION_COOKIE.length()
                        && cookie.charAt(SESSION_COOKIE.length()) != ';');
        if (opened) {
            throw Failure.of("POST /auth/sign-in signs a stranger in by email alone: the server runs in local mode, or"
                    + " leaves its sign-in open. Take it off the network and set COVIBE_AUTH=workos.");
        }
        if (answer.status() == 200 || answer.status() >= 500 && answer.status() != 503) {
            throw Failure.of("POST /auth/sign-in answers " + answer.status()
                    + ": the sign-in of local mode must be closed on a hosted server.");
        }
        return "an email alone opens nothing";
    }

    private static String localOnly(Remote remote) {
        for (String path : LOCAL_ONLY) {
            Answer answer = remote.get(path);
            // A page that asks for sign-in first does not say whether it exists, which is as good.
            if (answer.status() != 404 && answer.status() != 401 && !isSignIn(answer)) {
                throw Failure.of("GET " + path + " answers " + answer.status()
                        + " instead of 404: it is for a developer's own machine. Deploy the production build.");
            }
        }
        return "hidden";
    }

    private static boolean isSignIn(Answer answer) {
        return answer.status() >= 300
                && answer.status() < 400
                && answer.header("Location").contains("/auth/sign-in");
    }
}
