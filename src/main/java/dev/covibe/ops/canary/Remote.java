package dev.covibe.ops.canary;

import dev.covibe.ops.Failure;
import dev.covibe.ops.HostedOrigin;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** The server under proof, over HTTP. Follows nothing, waits for nothing for long, and keeps what every answer said. */
final class Remote implements AutoCloseable {

    /** More than the companion's package, and more than any page. */
    private static final long LARGEST = 32L << 20;

    private final HostedOrigin origin;
    private final HostedOrigin publicOrigin;
    private final Duration patience;
    private final HttpClient client;
    private final List<Answer> answers = new ArrayList<>();

    /**
     * @param origin where the server is asked
     * @param publicOrigin what it must call itself: another one while a revision is tried at an address of its own
     * @param patience how long one answer may take, body included
     */
    Remote(HostedOrigin origin, HostedOrigin publicOrigin, Duration patience) {
        this.origin = origin;
        this.publicOrigin = publicOrigin;
        this.patience = patience;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        if (origin.isLocal()) {
            builder.sslContext(SelfSigned.trusting()).sslParameters(SelfSigned.anyName());
        }
        this.client = builder.build();
    }

    /** Nobody answers at all, so that no other probe would learn anything. */
    static final class Unreachable extends RuntimeException {
        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Whether the server is on this machine. */
    boolean isRehearsal() {
        return origin.isLocal();
    }

    HostedOrigin publicOrigin() {
        return publicOrigin;
    }

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    Answer post(String path, String contentType, String body, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", contentType));
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body), all.toArray(String[]::new));
    }

    /** A message to the MCP endpoint. */
    Answer mcp(String message, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Accept", "application/json, text/event-stream"));
        return post("/api/mcp", "application/json", message, all.toArray(String[]::new));
    }

    private Answer send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        String endpoint = method + " " + path.replaceFirst("\\?.*", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(origin.at(path))
                .method(method, body)
                .timeout(patience)
                .header("User-Agent", "covibe-canary");
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<byte[]> response = await(
                endpoint,
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST)));
        Answer answer = new Answer(endpoint, response.statusCode(), response.headers(), response.body());
        synchronized (answers) {
            answers.add(answer);
        }
        return answer;
    }

    private HttpResponse<byte[]> await(String endpoint, CompletableFuture<HttpResponse<byte[]>> answer) {
        try {
            // The client's own time-out ends with the headers; a body can stall too.
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stalled) {
            answer.cancel(true);
            throw stalled(endpoint);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Failure.of("The canary was interrupted at " + endpoint + ".");
        } catch (ExecutionException failure) {
            throw explain(endpoint, failure.getCause());
        }
    }

    private Failure stalled(String endpoint) {
        return Failure.of(endpoint + " did not answer within " + patience.toSeconds()
                + " s: look at the server's log for that route, and at what it waits for.");
    }

    private RuntimeException explain(String endpoint, Throwable cause) {
        return switch (cause) {
            case HttpConnectTimeoutException silent ->
                new Unreachable(
                        origin.host() + " does not take connections within " + patience.toSeconds()
                                + " s: check the load balancer, the firewall and that port " + port() + " is open.",
                        silent);
            case HttpTimeoutException late -> stalled(endpoint);
            case SSLException broken ->
                new Unreachable(
                        "The TLS of " + origin.host() + " is not in order (" + firstLine(broken)
                                + "): check the certificate, its names and its dates.",
                        broken);
            case ConnectException refused
            when isUnresolved(refused) ->
                new Unreachable("DNS does not know " + origin.host() + ": check the record.", refused);
            case ConnectException refused ->
                new Unreachable(
                        origin.host() + " refuses connections on port " + port()
                                + ": is the server running, and does the load balancer point to it?",
                        refused);
            case IOException broken ->
                Failure.of(
                        endpoint + " broke off (" + firstLine(broken) + "): look at the server's log for that route.",
                        broken);
            default -> Failure.of(endpoint + " failed: " + firstLine(cause), cause);
        };
    }

    private static boolean isUnresolved(Throwable failure) {
        return failure != null
                && (failure instanceof UnresolvedAddressException
                        || failure instanceof UnknownHostException
                        || isUnresolved(failure.getCause()));
    }

    private int port() {
        int port = origin.uri().getPort();
        return port != -1 ? port : origin.uri().getScheme().equals("https") ? 443 : 80;
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason given");
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
