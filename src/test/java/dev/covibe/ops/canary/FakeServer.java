package dev.covibe.ops.canary;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.covibe.ops.ToolSurface;
import dev.covibe.ops.Version;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A hosted server as the canary wants it, on HTTPS with a certificate that nobody signed, to be broken piece by piece. */
final class FakeServer implements AutoCloseable {

    private static final SSLContext TLS = tls();

    /** What one address answers. */
    static final class Reply {
        int status;
        String body;
        byte[] bytes;
        long delayMillis;
        boolean breaksOff;
        final Map<String, List<String>> headers = new LinkedHashMap<>();

        Reply(int status, String contentType, String body) {
            this.status = status;
            this.body = body;
            header("Content-Type", contentType);
            header("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
            header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
            header("X-Content-Type-Options", "nosniff");
            header("Referrer-Policy", "same-origin");
        }

        Reply header(String name, String... values) {
            headers.put(name, List.of(values));
            return this;
        }
    }

    final Map<String, Reply> replies = new TreeMap<>();
    final Map<String, String> health = new LinkedHashMap<>();
    final Map<String, byte[]> companion = new TreeMap<>();

    /** What the manifest says in another way than the package is; empty for the truth. */
    final Map<String, String> manifest = new LinkedHashMap<>();

    /** Answers of the MCP endpoint by whether the message is sound and the bearer: see {@link #mcp}. */
    final Map<String, Reply> mcp = new LinkedHashMap<>();

    String token = "";
    private final HttpsServer server;

    FakeServer() {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(TLS));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        heal();
    }

    String origin() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private void heal() {
        health.put("status", "\"ok\"");
        health.put("version", "\"" + Version.TEXT + "\"");
        health.put("auth", "{\"mode\":\"workos\",\"unavailable\":null}");
        health.put("reachable", "true");
        health.put("schema", """
                {"complete":true,"migration":"0150","missing_migrations":[],"missing_tables":[],"missing_columns":[]}""");
        health.put("tools", Integer.toString(ToolSurface.expected().size()));
        health.put("surface", "\"" + ToolSurface.digest(ToolSurface.expected()) + "\"");
        for (String path : ClosedDoorProbes.READS) {
            replies.put("GET " + path, unauthorized());
        }
        for (String path : ClosedDoorProbes.WRITES) {
            replies.put("POST " + path, unauthorized());
        }
        replies.put("POST /settings/tokens", new Reply(303, "text/html", "").header("Location", "/auth/sign-in"));
        replies.put(
                "POST /api/setup/device/token",
                new Reply(400, "application/problem+json", "{\"code\":\"identity.device-code-unknown\"}"));
        replies.put("GET /", new Reply(200, "text/html", "<title>Co-Vibe</title>"));
        replies.put("GET /auth/signed-out", new Reply(200, "text/html", "<title>Signed out</title>"));
        replies.put("POST /auth/sign-in", new Reply(405, "text/html", ""));
        replies.put(
                "GET /auth/sign-in",
                new Reply(302, "text/html", "")
                        .header("Location", authorize(origin() + "/callback"))
                        .header("Set-Cookie", "q_auth=abc; Path=/; Secure; HttpOnly"));
        mcp.put(
                "refused",
                unauthorized().header("WWW-Authenticate", "Bearer resource_metadata=\"" + metadata() + "\""));
        mcp.put(
                "invalid",
                unauthorized().header("WWW-Authenticate", "Bearer resource_metadata=\"" + metadata() + "\""));
        mcp.put("malformed", unauthorized());
        String described = """
                {"resource":"%s/api/mcp","authorization_servers":["https://acme.authkit.app"],
                 "bearer_methods_supported":["header"]}""".formatted(origin());
        for (String path : List.of("", "/api/mcp")) {
            replies.put(
                    "GET /.well-known/oauth-protected-resource" + path, new Reply(200, "application/json", described));
        }
        companion.put("package/package.json", bytes("""
                {"name":"co-vibe","version":"1.2.3","bin":{"covibe-local":"bin/covibe-local.js"}}"""));
        companion.put("package/bin/covibe-local.js", bytes("#!/usr/bin/env node\n" + noise(40_000)));
    }

    private String metadata() {
        return origin() + "/.well-known/oauth-protected-resource/api/mcp";
    }

    static String authorize(String callback) {
        return "https://api.workos.com/user_management/authorize?client_id=client_1&response_type=code&provider=authkit"
                + "&state=0123456789abcdef&redirect_uri="
                + callback.replace(":", "%3A").replace("/", "%2F");
    }

    static Reply unauthorized() {
        return new Reply(401, "application/problem+json", "{\"status\":401,\"code\":\"identity.unauthenticated\"}");
    }

    Reply reply(String endpoint) {
        return replies.get(endpoint);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String endpoint =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        // Unread bodies would hold up the next request on the same connection.
        String message = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply reply = replies.containsKey(endpoint) ? replies.get(endpoint) : computed(endpoint, exchange, message);
        try {
            Thread.sleep(reply.delayMillis);
        } catch (InterruptedException stopped) {
            return;
        }
        if (reply.breaksOff) {
            exchange.close();
            return;
        }
        byte[] body = reply.bytes != null ? reply.bytes : bytes(reply.body);
        exchange.getResponseHeaders().putAll(reply.headers);
        exchange.sendResponseHeaders(reply.status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Reply computed(String endpoint, HttpExchange exchange, String message) throws IOException {
        byte[] tarball = tarball(companion);
        return switch (endpoint) {
            case "GET /api/health" -> health();
            case "POST /api/mcp" -> mcp(exchange, message);
            case "GET /downloads/co-vibe.tgz" -> {
                Reply reply = new Reply(200, "application/gzip", "");
                reply.bytes = tarball;
                yield reply;
            }
            case "GET /downloads/co-vibe.json" ->
                new Reply(200, "application/json", """
                        {"name":"co-vibe","version":"%s","sha256":"%s","size":%s}""".formatted(
                                manifest.getOrDefault("version", "1.2.3"),
                                manifest.getOrDefault("sha256", sha256(tarball)),
                                manifest.getOrDefault("size", Integer.toString(tarball.length))));
            default -> new Reply(404, "application/problem+json", "{\"status\":404}");
        };
    }

    private Reply health() {
        return new Reply(health.get("status").equals("\"ok\"") ? 200 : 503, "application/json", """
                {"status":%s,"version":%s,"auth":%s,"database":{"reachable":%s,"schema":%s},
                 "mcp":{"tools":%s,"surface":%s}}""".formatted(
                        health.get("status"),
                        health.get("version"),
                        health.get("auth"),
                        health.get("reachable"),
                        health.get("schema"),
                        health.get("tools"),
                        health.get("surface")));
    }

    private Reply mcp(HttpExchange exchange, String message) {
        boolean sound = message.contains("\"2.0\"") && message.contains("\"method\"");
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (!token.isEmpty() && authorization.equals("Bearer " + token)) {
            return sound ? listed() : mcp.getOrDefault("malformed with token", fault(message));
        }
        if (!sound) {
            return mcp.get("malformed");
        }
        return mcp.get(authorization.startsWith("Bearer") ? "invalid" : "refused");
    }

    private static Reply fault(String message) {
        int code = message.endsWith(":") ? -32700 : -32600;
        return new Reply(
                400, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":" + code + "}}");
    }

    List<String> tools = new ArrayList<>(ToolSurface.expected());

    private Reply listed() {
        String names = String.join(
                ",", tools.stream().map(name -> "{\"name\":\"" + name + "\"}").toList());
        return new Reply(
                200, "application/json", "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"tools\":[" + names + "]}}");
    }

    private static byte[] tarball(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] header = new byte[512];
            System.arraycopy(bytes(file.getKey()), 0, header, 0, file.getKey().length());
            System.arraycopy(bytes("%011o".formatted(file.getValue().length)), 0, header, 124, 11);
            header[156] = '0';
            tar.writeBytes(header);
            tar.writeBytes(file.getValue());
            tar.writeBytes(new byte[(512 - file.getValue().length % 512) % 512]);
        }
        tar.writeBytes(new byte[1024]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(tar.toByteArray());
        }
        return out.toByteArray();
    }

    /** Something that does not compress away. */
    static String noise(int length) {
        StringBuilder text = new StringBuilder();
        java.util.Random random = new java.util.Random(1);
        while (text.length() < length) {
            text.append(Integer.toHexString(random.nextInt())).append('\n');
        }
        return "/*\n" + text + "*/";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Made by the JDK's own tool, for this run. */
    private static SSLContext tls() {
        try {
            Path keys = Files.createTempDirectory("covibe-canary-").resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=rehearsal",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "of-a-test",
                            "-keystore",
                            keys.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream file = Files.newInputStream(keys)) {
                store.load(file, "of-a-test".toCharArray());
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, "of-a-test".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
