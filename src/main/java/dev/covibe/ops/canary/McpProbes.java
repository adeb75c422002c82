package dev.covibe.ops.canary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.ops.Failure;
import dev.covibe.ops.ToolSurface;
import dev.covibe.platform.crypto.TokenText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The MCP endpoint: closed to whoever has no token, open to clients that speak OAuth, and plain about broken messages. */
final class McpProbes {

    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    private static final Pattern METADATA = Pattern.compile("(?i)\\bresource_metadata=\"([^\"]+)\"");

    /** Broken messages with the JSON-RPC error that each deserves. */
    private static final Map<String, Integer> MALFORMED = new LinkedHashMap<>();

    static {
        MALFORMED.put("{\"jsonrpc\":", -32700);
        MALFORMED.put("\"hello\"", -32600);
        MALFORMED.put("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"tools/list\"}", -32600);
        MALFORMED.put("{\"jsonrpc\":\"2.0\",\"id\":1}", -32600);
    }

    private McpProbes() {}

    static List<Probe> all(Optional<String> token) {
        List<Probe> probes = new ArrayList<>(List.of(
                new Probe("MCP without a token", McpProbes::withoutToken),
                new Probe("MCP with invalid tokens", McpProbes::withInvalidTokens),
                new Probe("malformed MCP messages", remote -> malformed(remote, Optional.empty())),
                new Probe("OAuth metadata", McpProbes::metadata)));
        token.ifPresent(secret -> {
            probes.add(new Probe("MCP with a token", remote -> withToken(remote, secret)));
            probes.add(
                    new Probe("malformed MCP messages with a token", remote -> malformed(remote, Optional.of(secret))));
        });
        return List.copyOf(probes);
    }

    static Probe withoutToken() {
        return new Probe("MCP without a token", McpProbes::withoutToken);
    }

    private static String withoutToken(Remote remote) {
        challenge(refused(remote.mcp(LIST), "a call without a token"));
        refused(remote.mcp(LIST, "Authorization", "Basic bGluOmxpbg=="), "a call with a password");
        return "refused, with the way to sign in";
    }

    private static String withInvalidTokens(Remote remote) {
        Answer missing = remote.mcp(LIST);
        for (String token : List.of("not-a-token", "cvb_short", TokenText.next())) {
            Answer answer =
                    refused(remote.mcp(LIST, "Authorization", "Bearer " + token), "a call with an invalid token");
            if (!code(answer).equals(code(missing))) {
                throw Failure.of("POST /api/mcp answers " + code(answer) + " to an invalid token and " + code(missing)
                        + " to a missing one: the difference tells a stranger which tokens exist.");
            }
        }
        return "refused like a missing one";
    }

    private static String code(Answer answer) {
        return answer.isJson() ? answer.json().path("code").asText("") : "";
    }

    private static Answer refused(Answer answer, String what) {
        if (answer.status() == 200) {
            throw Failure.of("POST /api/mcp answers " + what
                    + ": anybody could read and plan work. Take the server off the" + " network.");
        }
        return answer.mustBe(401, what + " must be refused.");
    }

    /** The address where the metadata stands, out of the challenge (RFC 9728, section 5.1). */
    private static String challenge(Answer answer) {
        String header = answer.header("WWW-Authenticate");
        if (!header.regionMatches(true, 0, "Bearer", 0, 6)) {
            throw Failure.of("POST /api/mcp refuses without WWW-Authenticate: Bearer, so a client does not learn how to"
                    + " sign in.");
        }
        Matcher matcher = METADATA.matcher(header);
        if (!matcher.find()) {
            throw Failure.of("The challenge of POST /api/mcp names no resource_metadata, so a client that only speaks"
                    + " OAuth cannot connect: check COVIBE_HOSTED_URL and WORKOS_AUTHKIT_DOMAIN.");
        }
        return matcher.group(1);
    }

    private static String metadata(Remote remote) {
        String address = challenge(remote.mcp(LIST));
        String origin = remote.publicOrigin().text();
        if (!address.startsWith(origin + "/.well-known/oauth-protected-resource")) {
            throw Failure.of("The challenge of POST /api/mcp points to " + address + ", which is not below " + origin
                    + ": set COVIBE_HOSTED_URL to the origin.");
        }
        for (String path :
                new TreeSet<>(List.of(address.substring(origin.length()), "/.well-known/oauth-protected-resource"))) {
            check(remote.get(path).mustBe(200, "it is the OAuth metadata (RFC 9728) that clients ask for."), origin);
        }
        return "an OAuth client finds its way";
    }

    private static void check(Answer answer, String origin) {
        JsonNode metadata = answer.json();
        String resource = metadata.path("resource").asText();
        if (!resource.equals(origin + "/api/mcp")) {
            throw Failure.of(answer.endpoint() + " names the resource \"" + resource + "\" instead of " + origin
                    + "/api/mcp: tokens would be made out to another audience. Set COVIBE_HOSTED_URL to the origin.");
        }
        JsonNode servers = metadata.path("authorization_servers");
        if (servers.isEmpty() || !servers.get(0).asText().startsWith("https://")) {
            throw Failure.of(answer.endpoint() + " names no authorization server: set WORKOS_AUTHKIT_DOMAIN.");
        }
    }

    private static String malformed(Remote remote, Optional<String> token) {
        MALFORMED.forEach((message, error) -> {
            Answer answer = token.map(secret -> remote.mcp(message, "Authorization", "Bearer " + secret))
                    .orElseGet(() -> remote.mcp(message));
            if (answer.status() >= 500) {
                throw Failure.of("POST /api/mcp answers " + answer.status()
                        + " to a malformed message: a stranger can make the server fail; look at its log.");
            }
            if (token.isEmpty() && answer.status() != 401 && answer.status() != 400) {
                throw Failure.of("POST /api/mcp answers " + answer.status()
                        + " to a malformed message without a token, which must be refused.");
            }
            if (token.isPresent() && answer.json().path("error").path("code").asInt() != error) {
                throw Failure.of("POST /api/mcp answers a malformed message without the JSON-RPC error " + error + ".");
            }
        });
        return "refused, each with its error";
    }

    private static String withToken(Remote remote, String token) {
        Answer answer = remote.mcp(LIST, "Authorization", "Bearer " + token);
        if (answer.status() == 401) {
            throw Failure.of("The server does not take COVIBE_CANARY_TOKEN: make a new one in Settings.");
        }
        answer.mustBe(200, "the token in COVIBE_CANARY_TOKEN should open the tool list.");
        TreeSet<String> found = new TreeSet<>();
        answer.json()
                .path("result")
                .path("tools")
                .forEach(tool -> found.add(tool.path("name").asText()));
        TreeSet<String> missing = new TreeSet<>(ToolSurface.expected());
        missing.removeAll(found);
        TreeSet<String> more = new TreeSet<>(found);
        ToolSurface.expected().forEach(more::remove);
        if (!missing.isEmpty() || !more.isEmpty()) {
            throw Failure.of(
                    "The tool list is not this release's: missing " + list(missing) + ", too many " + list(more) + ".");
        }
        return found.size() + " tools listed, by name";
    }

    private static String list(TreeSet<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
