package dev.covibe.identity.workos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of WorkOS' REST interface that administration uses, as its reference describes it. Can be switched off. */
public class FakeWorkos implements QuarkusTestResourceLifecycleManager {

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        server.createContext("/", this::answer);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of("workos.api-url", url, "quarkus.rest-client.workos.url", url, "workos.api-key", "sk_test");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        // The test sits in another class loader, so it steers over HTTP as well.
        switch (call) {
            case "POST /_away", "POST /_back" -> {
                away = call.endsWith("away");
                send(exchange, 200, "{}");
            }
            case "GET /_calls" -> send(exchange, 200, String.join("\n", calls));
            default -> {
                if (away) {
                    send(exchange, 503, "{\"message\":\"down for maintenance\"}");
                } else {
                    calls.add(call + " " + body);
                    work(exchange, call, body);
                }
            }
        }
    }

    private void work(HttpExchange exchange, String call, String body) throws IOException {
        switch (call) {
            case "POST /user_management/users" -> {
                if (body.contains("password1234")) {
                    send(exchange, 422, "{\"code\":\"password_strength_error\",\"message\":\"password1234 is weak\"}");
                } else {
                    send(exchange, 201, "{\"id\":\"user_" + System.nanoTime() + "\",\"email\":\"x\"}");
                }
            }
            case "POST /user_management/invitations" ->
                send(exchange, 201, "{\"id\":\"invitation_" + System.nanoTime() + "\",\"state\":\"pending\"}");
            case "GET /user_management/invitations", "GET /user_management/organization_memberships" ->
                send(exchange, 200, "{\"data\":[]}");
            default -> {
                if (call.endsWith("/revoke") && calls.indexOf(call + " ") < calls.size() - 1) {
                    send(
                            exchange,
                            400,
                            "{\"code\":\"invalid_invitation_state\",\"message\":\"Invitation is revoked\"}");
                } else {
                    send(exchange, 200, "{\"id\":\"x_1\"}");
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
