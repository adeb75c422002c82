package dev.covibe.ops.canary;

import dev.covibe.ops.ToolSurface;
import dev.covibe.platform.crypto.TokenText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A server that is wrong in one way, and the sentence that the canary must say of it. */
record BrokenServer(String what, Consumer<FakeServer> by, String sentence) {

    @Override
    public String toString() {
        return what;
    }

    static Stream<BrokenServer> all() {
        return Stream.of(
                broken(
                        "a stale schema",
                        server -> {
                            server.health.put("status", "\"failing\"");
                            server.health.put("schema", """
                                    {"complete":false,"missing_migrations":["0150"],"missing_tables":["claims"],\
                                    "missing_columns":["tasks.title"]}""");
                        },
                        "schema: The schema is not the one that the server needs (missing: table claims, column"
                                + " tasks.title, migration 0150): run `covibe migrate`"),
                broken(
                        "sign-in not available",
                        server -> server.health.put("auth", """
                                {"mode":"workos","unavailable":"WORKOS_CLIENT_ID is missing"}"""),
                        "health: Nobody can sign in: WORKOS_CLIENT_ID is missing"),
                broken(
                        "another version",
                        server -> server.health.put("version", "\"0.0.9\""),
                        "version: The server is of version 0.0.9 and this canary of"),
                broken(
                        "local mode",
                        server -> server.health.put("auth", "{\"mode\":\"local\",\"unavailable\":null}"),
                        "WorkOS mode: The server signs people in in local mode, which asks nobody for a password"),
                broken(
                        "a tool too few",
                        server -> server.health.put("tools", "3"),
                        "tool surface: The server offers 3 MCP tools instead of"),
                broken(
                        "a tool by another name",
                        server -> server.health.put("surface", "\"" + ToolSurface.digest(List.of("hack")) + "\""),
                        "tool surface: The server offers as many MCP tools as it should, but not those"),
                broken(
                        "MCP open to strangers",
                        server -> server.mcp.get("refused").status = 200,
                        "MCP without a token: POST /api/mcp answers a call without a token: anybody could read"),
                broken(
                        "MCP open to invalid tokens",
                        server -> server.mcp.get("invalid").status = 200,
                        "MCP with invalid tokens: POST /api/mcp answers a call with an invalid token"),
                broken(
                        "a refusal that tells which tokens exist",
                        server -> server.mcp.get("invalid").body = "{\"code\":\"identity.token-revoked\"}",
                        "the difference tells a stranger which tokens exist"),
                broken(
                        "a malformed message that makes the server fail",
                        server -> server.mcp.get("malformed").status = 500,
                        "malformed MCP messages: POST /api/mcp answers 500 to a malformed message"),
                broken(
                        "a malformed message that is taken",
                        server -> server.mcp.get("malformed").status = 202,
                        "answers 202 to a malformed message without a token, which must be refused"),
                broken(
                        "metadata for another audience",
                        server -> server.reply("GET /.well-known/oauth-protected-resource").body =
                                "{\"resource\":\"https://elsewhere.example/api/mcp\",\"authorization_servers\":[\"https://a.b\"]}",
                        "OAuth metadata: GET /.well-known/oauth-protected-resource names the resource"
                                + " \"https://elsewhere.example/api/mcp\""),
                broken(
                        "metadata without an authorization server",
                        server -> {
                            FakeServer.Reply reply = server.reply("GET /.well-known/oauth-protected-resource");
                            reply.body = reply.body.replace("[\"https://acme.authkit.app\"]", "[]");
                        },
                        "names no authorization server: set WORKOS_AUTHKIT_DOMAIN"),
                broken(
                        "no metadata",
                        server -> server.replies.remove("GET /.well-known/oauth-protected-resource/api/mcp"),
                        "OAuth metadata: GET /.well-known/oauth-protected-resource/api/mcp answers 404 instead of 200"),
                broken(
                        "no companion",
                        server -> server.replies.put(
                                "GET /downloads/co-vibe.tgz", new FakeServer.Reply(404, "text/html", "")),
                        "companion package: GET /downloads/co-vibe.tgz answers 404 instead of 200: developers cannot"),
                broken(
                        "a tiny companion",
                        server -> server.companion.put("package/bin/covibe-local.js", new byte[0]),
                        "bytes, too few for a companion"),
                broken(
                        "a companion that is an error page",
                        server -> server.replies.put(
                                "GET /downloads/co-vibe.tgz",
                                new FakeServer.Reply(200, "text/html", FakeServer.noise(40_000))),
                        "is not a gzipped tar archive"),
                broken(
                        "another package",
                        server -> server.companion.put(
                                "package/package.json",
                                "{\"name\":\"left-pad\",\"version\":\"1.2.3\"}".getBytes(StandardCharsets.UTF_8)),
                        "is \"left-pad\" and not co-vibe"),
                broken(
                        "a package without npm's layout",
                        server -> server.companion.put("elsewhere/file.js", new byte[10]),
                        "has files outside of package/"),
                broken(
                        "a package without a description",
                        server -> server.companion.remove("package/package.json"),
                        "has no package/package.json"),
                broken(
                        "a package without its command",
                        server -> server.companion.put(
                                "package/package.json",
                                "{\"name\":\"co-vibe\",\"version\":\"1.2.3\"}".getBytes(StandardCharsets.UTF_8)),
                        "brings no command covibe-local"),
                broken(
                        "a package that is not its manifest's",
                        server -> server.manifest.put("sha256", "0".repeat(64)),
                        "but its manifest says 0000"),
                broken(
                        "a manifest of another version",
                        server -> server.manifest.put("version", "9.9.9"),
                        "is co-vibe 1.2.3, but its manifest says co-vibe 9.9.9"),
                broken(
                        "a manifest of another size",
                        server -> server.manifest.put("size", "17"),
                        "bytes, but its manifest says 17"),
                broken(
                        "sign-in that does not leave",
                        server -> server.replies.put(
                                "GET /auth/sign-in", new FakeServer.Reply(200, "text/html", "<form>")),
                        "sign-in: GET /auth/sign-in answers 200 instead of going to AuthKit"),
                broken(
                        "sign-in that goes elsewhere",
                        server -> server.reply("GET /auth/sign-in").header("Location", "https://phish.example/login"),
                        "sign-in: Sign-in goes to phish.example/login, which is not AuthKit"),
                broken(
                        "a wrong callback",
                        server -> server.reply("GET /auth/sign-in")
                                .header("Location", FakeServer.authorize("http://localhost:8080/callback")),
                        "sign-in: Sign-in asks AuthKit to come back to \"http://localhost:8080/callback\" instead of"),
                broken(
                        "sign-in without a state",
                        server -> {
                            FakeServer.Reply reply = server.reply("GET /auth/sign-in");
                            reply.header(
                                    "Location",
                                    reply.headers.get("Location").getFirst().replace("&state=0123456789abcdef", ""));
                        },
                        "sign-in: Sign-in goes to AuthKit without a state"),
                broken(
                        "sign-in without a client",
                        server -> {
                            FakeServer.Reply reply = server.reply("GET /auth/sign-in");
                            reply.header(
                                    "Location",
                                    reply.headers.get("Location").getFirst().replace("client_1", ""));
                        },
                        "set WORKOS_CLIENT_ID"),
                broken(
                        "the sign-in of local mode",
                        server -> server.replies.put(
                                "POST /auth/sign-in",
                                new FakeServer.Reply(303, "text/html", "")
                                        .header("Location", "/workstreams")
                                        .header("Set-Cookie", "covibe_session=abc; Path=/; Secure; HttpOnly")),
                        "local sign-in: POST /auth/sign-in signs a stranger in by email alone"),
                broken(
                        "the API browser",
                        server -> server.replies.put(
                                "GET /q/swagger-ui", new FakeServer.Reply(200, "text/html", "<title>Swagger</title>")),
                        "local-only routes: GET /q/swagger-ui answers 200 instead of 404"),
                broken(
                        "tasks for strangers",
                        server -> server.reply("GET /api/tasks/export").status = 200,
                        "protected APIs: GET /api/tasks/export answers 200 to a stranger: people's work is public"),
                broken(
                        "writes for strangers",
                        server -> server.reply("POST /api/messages").status = 201,
                        "protected APIs: POST /api/messages answers 201 to a stranger"),
                broken(
                        "a refusal by another status",
                        server -> server.reply("GET /api/alerts").status = 403,
                        "protected APIs: GET /api/alerts answers 403 instead of 401"),
                broken(
                        "tokens for strangers",
                        server -> server.reply("POST /settings/tokens").status = 200,
                        "token creation: POST /settings/tokens makes tokens for strangers"),
                broken(
                        "tokens for devices that nobody approved",
                        server -> server.reply("POST /api/setup/device/token").status = 200,
                        "token creation: POST /api/setup/device/token gives a token for a device"),
                broken(
                        "no HSTS",
                        server -> server.reply("GET /").headers.remove("Strict-Transport-Security"),
                        "security headers: GET / lacks Strict-Transport-Security"),
                broken(
                        "no content policy",
                        server -> server.reply("GET /").headers.remove("Content-Security-Policy"),
                        "security headers: GET / lacks Content-Security-Policy"),
                broken(
                        "inline script",
                        server -> server.reply("GET /auth/signed-out")
                                .header(
                                        "Content-Security-Policy",
                                        "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'"),
                        "security headers: GET /auth/signed-out allows inline script"),
                broken(
                        "frames",
                        server -> server.reply("GET /").header("Content-Security-Policy", "default-src 'self'"),
                        "security headers: GET / lets other sites frame it"),
                broken(
                        "sniffing",
                        server -> server.reply("GET /").headers.remove("X-Content-Type-Options"),
                        "security headers: GET / lacks X-Content-Type-Options"),
                broken(
                        "a cookie over HTTP",
                        server ->
                                server.reply("GET /auth/sign-in").header("Set-Cookie", "q_auth=abc; Path=/; HttpOnly"),
                        "cookies: GET /auth/sign-in sets the cookie q_auth without Secure"),
                broken(
                        "a token in a page",
                        server -> server.reply("GET /").body = "<p>" + TokenText.next(),
                        "token-shaped text: The answer to GET / holds text of a secret's form, in its body"),
                broken(
                        "a database password in a header",
                        server -> server.reply("GET /auth/signed-out")
                                .header("X-Debug", "postgresql://covibe:hunter2@10.0.0.3/covibe"),
                        "token-shaped text: The answer to GET /auth/signed-out holds text of a secret's form, in its headers"),
                broken(
                        "a stalled route",
                        server -> server.reply("GET /api/prices").delayMillis = 5000,
                        "protected APIs: GET /api/prices did not answer within 2 s"),
                broken(
                        "a route that breaks off",
                        server -> server.reply("GET /api/state").breaksOff = true,
                        "protected APIs: GET /api/state broke off"));
    }

    private static BrokenServer broken(String what, Consumer<FakeServer> by, String sentence) {
        return new BrokenServer(what, by, sentence);
    }
}
